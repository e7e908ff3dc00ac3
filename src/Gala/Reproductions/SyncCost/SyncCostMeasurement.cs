using System.Diagnostics;
using System.Globalization;
using Gala.Architectures;
using Gala.Environments;
using Gala.Runs;
using Gala.Scheduling;

namespace Gala.Reproductions;

/// <summary>Measures A2C that meets after every step and HTS-RL that meets after α of them, with simulators that really wait for random times.</summary>
internal static class SyncCostMeasurement
{
    /// <summary>Mean time of a step.</summary>
    public const int MeanMilliseconds = 4; // sleeps are whole milliseconds, and compute is to be small beside them

    private const int WarmUpSteps = 64; // of each simulator, at least
    /// <summary>One setting at every interval.</summary>
    /// <param name="shape">k of the gamma distribution of a step.</param>
    /// <param name="simulators">n.</param>
    /// <param name="intervals">α, one after the other. A2C waits in every step whatever its rollout, so it is measured once.</param>
    /// <param name="steps">Of each simulator in one measurement.</param>
    /// <param name="seed">Of step times and all else.</param>
    /// <exception cref="TrainingFailedException">A thread failed.</exception>
    public static IEnumerable<SyncCostRow> Measure(double shape, int simulators, IEnumerable<int> intervals, int steps, ulong seed)
    {
        double synchronous = MeasureSynchronous(Options("a2c", shape, simulators, interval: 16) with { Seed = seed }, steps);
        return intervals.Select(interval =>
        {
            double hts = MeasureHts(Options("hts", shape, simulators, interval) with { Seed = seed }, steps);
            return new SyncCostRow(shape, simulators, interval, seed, synchronous, hts);
        });
    }

    /// <summary>Options of a run in a small task of slow simulators, a thread each.</summary>
    public static RunOptions Options(string architecture, double shape, int simulators, int interval) => RunDefaults.Resolve(
        new RunOptions
        {
            Architecture = architecture,
            Environment = string.Create(CultureInfo.InvariantCulture, $"classic/cartpole:delay=gamma/{shape}/{MeanMilliseconds}ms"),
            Agents = 1,
            Simulators = simulators,
            Executors = architecture == "hts" ? simulators : null,
            Rollout = interval,
            LearningRateSchedule = "constant",
        },
        EnvironmentRegistry.Default.SpecOf);

    /// <summary>Time of one step of all simulators of A2C, in units of a step's mean.</summary>
    public static double MeasureSynchronous(RunOptions options, int steps)
    {
        using StepSynchronousA2C a2c = new(options);
        int updates = Updates(steps, options);
        for (int i = 0; i < Updates(WarmUpSteps, options); i++)
        {
            a2c.Iterate();
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < updates; i++)
        {
            a2c.Iterate();
        }

        return PerStep(Stopwatch.GetElapsedTime(start), updates, options);
    }

    /// <summary>Time of one step of all simulators of HTS-RL, in units of a step's mean.</summary>
    public static double MeasureHts(RunOptions options, int steps)
    {
        int updates = Updates(steps, options);
        int warmUp = Updates(WarmUpSteps, options);
        (long start, long end) = (0, 0); // written by the learner's thread, read when it has ended
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        using Runners runners = new(group.Workers, new UpdateBudget(warmUp + updates), Note, _ => { });
        runners.Start();
        runners.Wait(Timeout.InfiniteTimeSpan);
        return runners.Failure is { } failure
            ? throw new TrainingFailedException($"{failure.Name} failed: {OneLine.Message(failure.Exception)}", failure.Exception)
            : PerStep(Stopwatch.GetElapsedTime(start, end), updates, options);

        void Note(IAgent learner)
        {
            end = Stopwatch.GetTimestamp();
            start = learner.Updates <= warmUp ? end : start;
        }
    }

    private static int Updates(int steps, RunOptions options) => (steps + options.Rollout!.Value - 1) / options.Rollout.Value;

    private static double PerStep(TimeSpan elapsed, int updates, RunOptions options) =>
        elapsed.TotalMilliseconds / ((double)updates * options.Rollout!.Value * MeanMilliseconds);
}
