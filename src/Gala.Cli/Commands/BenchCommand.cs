using Gala.Cli.Display;
using Gala.Measuring;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala bench</c>: all three in short, unless a subcommand says otherwise.</summary>
internal sealed class BenchCommand : GalaCommand
{
    private const double TrainingFactor = 10; // a rate of updates needs more of them than a time of calls
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(0.05);

    private readonly ValueOption _seconds = BenchOptions.Seconds("Length of each measurement; of training ten times that", "0.05");
    private readonly SwitchOption _json = BenchOptions.Json();

    public BenchCommand()
        : base("bench", "Measures this machine: networks beside its peak, environments, and training.")
    {
        Add(new BenchComputeCommand());
        Add(new BenchEnvironmentsCommand());
        Add(new BenchTrainingCommand());
        Add(new BenchSoakCommand());
        Add(_seconds);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["gala bench", "gala bench compute --network minatar", "gala bench training --agents 1,2,4"];

    public override int Execute(Invocation invocation)
    {
        TimeSpan duration = invocation.Duration(_seconds, DefaultDuration);
        invocation.ThrowIfRefused();
        ComputeOptions options = new() { Duration = duration, Kernels = false, Layers = false };
        ComputeMeasurement compute = invocation.Services.MeasureCompute(options, invocation.Tell);
        EnvironmentsMeasurement environments = EnvironmentBenchmark.Run(duration, BenchOptions.WarmUp, progress: invocation.Tell);
        TrainingsMeasurement training = TrainingBenchmark.Run(
            new RunOptions(), BenchTrainingCommand.DefaultAgents, TrainingFactor * duration, BenchOptions.TrainingWarmUp, invocation.Tell);
        invocation.Show(_json, new { Compute = compute, Environments = environments, Training = training }, (console, _) =>
        {
            ComputeTables.Write(console, compute);
            EnvironmentTable.Write(console, environments);
            TrainingTable.Write(console, training);
        });
        return 0;
    }
}
