using System.Diagnostics;
using System.Globalization;
using Gala.Environments;
using Gala.Figures;
using Gala.Measuring;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>64 simulators in one A2C learner, and spread over 1 to 8 GALA agents: speed, share of the machine's peak, and what a million frames cost.</summary>
internal sealed class UtilisationReproduction : IReproduction
{
    private const int Simulators = 64;
    private const string Game = "minatar/breakout";
    private static readonly int[] AgentCounts = [1, 2, 4, 8];

    public string Name => "utilisation";

    public string Claim => "Several GALA agents use a machine better than one A2C learner (Assran et al. 2019)";

    public (int Full, int Quick) DefaultSeeds => (5, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        TimeSpan duration = TimeSpan.FromSeconds(settings.Quick ? 1.5 : 5);
        TimeSpan warmUp = TimeSpan.FromSeconds(settings.Quick ? 1 : 2);
        (string Name, RunOptions Options)[] contestants =
        [
            ("A2C, one learner", new RunOptions { Architecture = "a2c", Agents = 1, Simulators = Simulators, Environment = Game }),
            .. AgentCounts.Select(agents => ($"GALA, {agents} agents", new RunOptions
            {
                Architecture = "gala", Agents = agents, Simulators = Simulators / agents, Environment = Game,
            })),
        ];
        List<Figures>[] measured = [.. contestants.Select(_ => new List<Figures>())];
        for (int round = 1; round <= settings.Seeds; round++) // in turns, so that whatever else the machine does hits all of them
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                stop.ThrowIfCancellationRequested();
                progress($"{contestants[i].Name}, round {round} of {settings.Seeds}");
                measured[i].Add(Measure(contestants[i].Options, duration, warmUp));
            }
        }

        return Report(settings, duration, [.. contestants.Select(contestant => contestant.Name)], measured);
    }

    private static Figures Measure(RunOptions options, TimeSpan duration, TimeSpan warmUp)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        double? energy = EnergyMeter.ReadJoules();
        long start = Stopwatch.GetTimestamp();
        TrainingMeasurement training = TrainingBenchmark.Run(options, [options.Agents!.Value], duration, warmUp).Trainings[0];
        process.Refresh();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start); // with the warm-up, whose pace is that of the rest
        double processors = (process.TotalProcessorTime - before) / elapsed;
        double? watts = (EnergyMeter.ReadJoules() - energy) / elapsed.TotalSeconds;
        return new Figures(training.FramesPerSecond, processors * 1e6 / training.FramesPerSecond, watts * 1e6 / training.FramesPerSecond);
    }

    private static ReproductionReport Report(
        ReproductionSettings settings, TimeSpan duration, string[] names, List<Figures>[] measured)
    {
        double[] speeds = [.. measured.Select(one => Median(one.Select(figure => figure.FramesPerSecond)))];
        double[] joules = [.. measured.Select(one => Median(one.Select(figure => figure.Joules ?? double.NaN)))];
        RunOptions network = RunDefaults.Resolve(new RunOptions { Environment = Game }, EnvironmentRegistry.Default.SpecOf);
        double peak = MultiplyAddPeak.Measure(SimdWidth.Widest, new CallTimer(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.1))) * Environment.ProcessorCount;
        double gigaflops = 2e-9 * NetworkCost.MultiplyAddsPerStep(network); // of a step
        double[] costs = [.. measured.Select(one => Median(one.Select(figure => figure.CpuSeconds)))];
        return new ReproductionReport(
            "How well a machine is used",
            [
                $"{Simulators} simulators of {Game} in all, network minatar, each setting {duration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s a round once warm, in turns, {settings.Seeds} rounds, medians; "
                    + $"{Environment.ProcessorCount} processors. CPU seconds are those of the whole process for a million frames. "
                    + "The share of the peak counts the network's arithmetic plainly, so zeros that are skipped count as done."
                    + (double.IsFinite(joules[0]) ? "" : " This machine does not expose the energy it uses."),
            ],
            [Judge(names, speeds, costs)],
            [
                new Table("Speed and cost", ["learner", "frames/s", "lowest to highest", "times A2C", "share of the peak", "CPU s per million frames", "J per million frames"],
                    [.. names.Select((name, i) => (IReadOnlyList<string>)
                    [
                        name,
                        Text(speeds[i]),
                        $"{Text(measured[i].Min(figure => figure.FramesPerSecond))} to {Text(measured[i].Max(figure => figure.FramesPerSecond))}",
                        (speeds[i] / speeds[0]).ToString("0.00", CultureInfo.InvariantCulture),
                        (speeds[i] * gigaflops / peak).ToString("P0", CultureInfo.InvariantCulture),
                        costs[i].ToString("0.0", CultureInfo.InvariantCulture),
                        double.IsFinite(joules[i]) ? joules[i].ToString("0", CultureInfo.InvariantCulture) : "not exposed",
                    ])]),
            ],
            [
                ("utilisation", new ChartSheet("GALA by number of agents",
                [
                    Panel("frames/s", speeds, measured, figure => figure.FramesPerSecond),
                    Panel("CPU s per million frames", costs, measured, figure => figure.CpuSeconds),
                ])),
            ]);
    }

    private static Verdict Judge(string[] names, double[] speeds, double[] costs)
    {
        int best = Array.IndexOf(speeds, speeds.Max());
        return new Verdict(
            "Several GALA agents make more frames a second than one A2C learner of as many simulators (Assran et al. 2019)",
            best > 1 ? Outcome.Holds : Outcome.DoesNotHold,
            string.Create(CultureInfo.InvariantCulture,
                $"{names[best]} was fastest, {speeds[best] / speeds[0]:0.00} times A2C, at {costs[best] / costs[0]:0.00} times its CPU time a frame."));
    }

    private static Panel Panel(
        string what, double[] medians, List<Figures>[] measured, Func<Figures, double> value) => new(
        what, "agents", what,
        [
            new Series("GALA", [.. AgentCounts.Select((agents, i) => ((double)agents, medians[i + 1], measured[i + 1].Min(value), measured[i + 1].Max(value)))]),
            new Series("A2C", [.. AgentCounts.Select(agents => ((double)agents, medians[0], measured[0].Min(value), measured[0].Max(value)))]),
        ])
        {
            LogarithmicX = true,
        };

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Figures(double FramesPerSecond, double CpuSeconds, double? Joules);
}
