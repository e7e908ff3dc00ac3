using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>What was measured on.</summary>
/// <param name="Processor">Its name, as the system tells it.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="VectorLanes">Floats in the widest vector.</param>
/// <param name="Runtime">Such as <c>.NET 10.0.0</c>.</param>
/// <param name="Os">The operating system.</param>
public sealed record MachineDescription(string Processor, int Cores, int VectorLanes, string Runtime, string Os)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static MachineDescription OfThis() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        SimdWidth.Widest.Lanes,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    private static string ProcessorName()
    {
        const string Key = "model name";
        string? line = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
