using Gala.Cli.Display;
using Gala.Measuring;

namespace Gala.Cli.Commands;

/// <summary><c>gala bench environments</c>.</summary>
internal sealed class BenchEnvironmentsCommand : GalaCommand
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(0.3);

    private readonly ValueOption _seconds = BenchOptions.Seconds("Length of each measurement", "0.3");
    private readonly SwitchOption _json = BenchOptions.Json();

    public BenchEnvironmentsCommand()
        : base("environments", "Measures the steps a second of each environment on one core.")
    {
        Add(_seconds);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["gala bench environments", "gala bench environments --seconds 2 --json"];

    public override int Execute(Invocation invocation)
    {
        TimeSpan duration = invocation.Duration(_seconds, DefaultDuration);
        invocation.ThrowIfRefused();
        EnvironmentsMeasurement measured = EnvironmentBenchmark.Run(duration, BenchOptions.WarmUp, progress: invocation.Tell);
        invocation.Show(_json, measured, EnvironmentTable.Write);
        return 0;
    }
}
