using System.Diagnostics;
using System.Globalization;

namespace Gala.Mpi.Tests;

/// <summary>Two network namespaces and a wire between them that delays and loses packets: relay.py, for as long as this lives.</summary>
internal sealed class TwoMachines : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Network");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _relay;

    /// <param name="delay">One way, in milliseconds.</param>
    /// <param name="jitter">At most that much more or less, in milliseconds.</param>
    /// <param name="loss">Share of packets.</param>
    public TwoMachines(double delay, double jitter, double loss)
    {
        _relay = Start("python3", Path.Combine(Folder, "relay.py"), "--delay", Text(delay), "--jitter", Text(jitter), "--loss", Text(loss));
        if (_relay.StandardOutput.ReadLine() is { } name)
        {
            Name = name;
            return;
        }

        string reason = _relay.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
        _relay.Dispose();
        throw new InvalidOperationException($"relay.py: {reason}");
    }

    /// <summary>What <see cref="Enter"/> finds in <see cref="Variable"/>.</summary>
    public string Name { get; }

    /// <summary>Environment variable that tells <see cref="Enter"/> of which machines the addresses are.</summary>
    public const string Variable = "GALA_MACHINES";

    /// <summary>What stands in for ssh.</summary>
    public static string Enter => Path.Combine(Folder, "enter.sh");

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? WhyNot()
    {
        try
        {
            using TwoMachines machines = new(0, 0, 0);
            using Process enter = Start("env", $"{Variable}={machines.Name}", Enter, "10.77.0.2", "true");
            enter.WaitForExit();
            return enter.ExitCode == 0 ? null : enter.StandardError.ReadToEnd();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return exception.Message.ReplaceLineEndings(" ").Trim();
        }
    }

    /// <summary>Loses everything from now on.</summary>
    public void Cut() => _relay.StandardInput.WriteLine("cut");

    /// <summary>Loses no more than before.</summary>
    public void Heal() => _relay.StandardInput.WriteLine("heal");

    public void Dispose()
    {
        _relay.StandardInput.Close();
        _relay.WaitForExit(Patience);
        _relay.Dispose();
    }

    private static Process Start(string file, params string[] arguments) => Process.Start(new ProcessStartInfo(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
