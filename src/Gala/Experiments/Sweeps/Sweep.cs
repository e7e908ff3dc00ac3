using System.Globalization;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>Trains every run of a plan and compares the variants. It can be stopped at any time: the same sweep goes on where it was.</summary>
/// <example><code>
/// Sweep sweep = new() { Plan = plan, Folder = "sweeps/one", Parallel = 2 };
/// SweepOutcome outcome = sweep.Run(Console.Error.WriteLine, stop);
/// </code></example>
public sealed class Sweep
{
    private const int RandomEpisodes = 200; // of an environment that is in no table

    /// <summary>What is trained.</summary>
    public required SweepPlan Plan { get; init; }

    /// <summary>Where runs and report go: a folder that is new, empty, or a sweep's.</summary>
    public required string Folder { get; init; }

    /// <summary>How many runs train at once.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>What normalised returns are measured by.</summary>
    public SweepScale Scale { get; init; }

    /// <summary>Trains what is not finished, and reports.</summary>
    /// <param name="progress">Told of each run when it is done, a line each.</param>
    /// <param name="stop">Asks for an early end; runs that train are saved and go on next time.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="InvalidRunException">The folder holds something else, or another process uses it.</exception>
    public SweepOutcome Run(Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(progress);
        using SweepFolder folder = new(Folder);
        IReadOnlyList<SweepRun> runs = Plan.Runs();
        folder.Write(Plan);
        SweepClock clock = new(runs, Parallel);
        int done = 0;
        IReadOnlyList<RunResult> results = new RunFleet(Parallel).Train(
            [.. runs.Select(run => run.In(Folder))],
            (place, result) =>
            {
                clock.Count(place, result);
                done++;
                progress(Line(done, runs.Count, runs[place], result, clock.Text()));
            },
            stop);
        return Report(folder, runs, results, stop);
    }

    /// <summary>Reports on what is finished and trains nothing.</summary>
    /// <param name="stop">Asks for an early end.</param>
    /// <exception cref="InvalidRunException">The folder holds something else, or another process uses it.</exception>
    public SweepOutcome Report(CancellationToken stop)
    {
        using SweepFolder folder = new(Folder);
        IReadOnlyList<SweepRun> runs = Plan.Runs();
        return Report(folder, runs, [.. runs.Select(run => RunFleet.Look(run.In(Folder)))], stop);
    }

    private SweepOutcome Report(SweepFolder folder, IReadOnlyList<SweepRun> runs, IReadOnlyList<RunResult> results, CancellationToken stop)
    {
        SweepData data = new(Plan, [.. runs.Zip(results)]);
        (bool fromTable, IReadOnlyDictionary<string, ReturnScale> scales) = Scales(data, stop);
        SweepReport report = new(data, scales, fromTable, Parallel);
        foreach ((string name, string content) in report.Files())
        {
            folder.Write(name, content);
        }

        return new SweepOutcome(
            Path.Combine(Folder, SweepReport.PageName),
            runs.Count,
            [.. data.Runs.Where(one => one.Result.Failure is not null).Select(one => $"{NameOf(one.Run)} failed: {one.Result.Failure}")],
            results.Count(result => result is { Run: null, Failure: null }));
    }

    private (bool FromTable, IReadOnlyDictionary<string, ReturnScale> Scales) Scales(SweepData data, CancellationToken stop)
    {
        bool fromTable = Scale == SweepScale.Table
            || (Scale == SweepScale.Automatic && Plan.Environments.All(environment => ReferenceReturns.Find(environment) is not null));
        Dictionary<string, ReturnScale> scales = [];
        foreach (string environment in Plan.Environments)
        {
            (double Random, double Trained)? known = ReferenceReturns.Find(environment);
            double[] baseline = [.. data.Returns(Plan.Variants[0], environment)];
            if (fromTable ? known is null : baseline.Length == 0)
            {
                continue; // nothing to measure by
            }

            double random = known?.Random ?? RandomBaseline.Play(environment, RandomEpisodes, seed: 1, stop: stop).MeanReturn;
            ReturnScale scale = new(random, fromTable ? known!.Value.Trained : baseline.Average());
            if (scale.IsUsable)
            {
                scales[environment] = scale;
            }
        }

        return (fromTable, scales);
    }

    private static string Line(int done, int total, SweepRun run, RunResult result, string left)
    {
        string what = result.Run is not { } trained ? $"failed: {result.Failure}"
            : string.Create(CultureInfo.InvariantCulture, $"return {(double.IsFinite(trained.FinalReturn) ? trained.FinalReturn.ToString("0.0", CultureInfo.InvariantCulture) : "none")}, ")
                + (result.IsNew ? string.Create(CultureInfo.InvariantCulture, $"{trained.FramesPerSecond:N0} frames/s, {trained.Seconds:0.#} s") : "finished before");
        return $"{done}/{total} {NameOf(run)}: {what}" + (left.Length > 0 ? $"; {left}" : "");
    }

    private static string NameOf(SweepRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Variant.Name} on {run.Environment}, seed {run.Seed}");
}
