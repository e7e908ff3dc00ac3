using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench soak</c> found.</summary>
internal static class SoakLines
{
    public static void Write(GalaConsole console, SoakMeasurement measured)
    {
        TextWriter output = console.Out;
        output.WriteLine($"{measured.Environment}, {measured.Agents} agents: {NumberText.Whole(measured.Frames)} frames "
            + $"in {NumberText.Duration(TimeSpan.FromSeconds(measured.Seconds))}; after the first fifth of it:");
        output.WriteLine(FormattableString.Invariant(
            $"  memory       {measured.ResidentMebibytes:F1} MiB resident at the end, {measured.ResidentMebibytesPerHour:+0.0;-0.0;0.0} MiB an hour"));
        output.WriteLine(FormattableString.Invariant($"  pace         {measured.LastFramesPerSecond:N0} frames/s in the last tenth")
            + (measured.LastOverFirst is { } share ? FormattableString.Invariant($", {100 * share:F1}% of the first tenth") : ""));
        output.WriteLine($"  collections  {measured.Gen0Collections} of generation 0, {measured.Gen1Collections} of generation 1, "
            + $"{measured.Gen2Collections} of generation 2");
    }
}
