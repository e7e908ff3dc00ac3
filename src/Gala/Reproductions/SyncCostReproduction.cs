using System.Globalization;
using Gala.Reproductions.Charts;

namespace Gala.Reproductions;

/// <summary>Run time against simulators of random step times: A2C, which waits at every step, beside HTS-RL, which waits every α steps.</summary>
internal sealed class SyncCostReproduction : IReproduction
{
    private const int FullSteps = 1_024; // of each simulator, in one measurement
    private const int QuickSteps = 128;
    private const double Claimed = 2; // the least of "2 to 6 times"

    public string Name => "sync-cost";

    public string Claim => "HTS-RL is 2 to 6 times as fast as step-synchronous A2C where step times vary (Liu et al. 2020)";

    public (int Full, int Quick) DefaultSeeds => (3, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        int steps = settings.Quick ? QuickSteps : FullSteps;
        IReadOnlyList<SyncCostRow>[] rounds = [.. Enumerable.Range(1, settings.Seeds).Select(round =>
        {
            stop.ThrowIfCancellationRequested();
            progress($"round {round} of {settings.Seeds}");
            return SyncCostMeasurement.Measure(steps, progress);
        })];
        SyncCostRow[] rows = [.. rounds[0].Select((row, i) => row with
        {
            Synchronous = Median(rounds.Select(round => round[i].Synchronous)),
            Hts = Median(rounds.Select(round => round[i].Hts)),
        })];
        return new ReproductionReport(
            "The cost of waiting for the slowest simulator",
            [
                $"Every simulator has a thread of its own and really waits, {steps} steps of gamma-distributed length with a mean of 4 ms, in {settings.Seeds} rounds, "
                    + $"medians of these, on {Environment.ProcessorCount} processors. Shape 1 is exponential; the lower the shape, the more the times vary. A2C waits for the "
                    + "slowest simulator at every step, HTS-RL every α steps. Times are in units of a step's mean: 1 would be no waiting for each other. The formula is "
                    + "the mean of the largest of n gamma-distributed times as extreme-value theory has it (claim 1 of the paper).",
            ],
            [Judge(rows)],
            [ToTable(rows)],
            [("sync-cost", Chart(rows))]);
    }

    /// <summary>The claim is about simulators whose times vary much, and intervals as long as the paper's.</summary>
    private static Verdict Judge(SyncCostRow[] rows)
    {
        double shape = rows.Min(row => row.Shape);
        int interval = rows.Max(row => row.Interval);
        SyncCostRow[] judged = [.. rows.Where(row => row.Shape == shape && row.Interval == interval)];
        (double least, double most) = (judged.Min(row => row.SpeedUp), judged.Max(row => row.SpeedUp));
        Outcome outcome = least >= Claimed ? Outcome.Holds : most < Claimed ? Outcome.DoesNotHold : Outcome.Unclear;
        return new Verdict(
            $"HTS-RL is 2 to 6 times as fast as step-synchronous A2C where step times vary much (Liu et al. 2020; here shape {Text(shape)}, α = {interval})",
            outcome,
            $"It was {string.Join(" and ", judged.Select(row => $"{Text(row.SpeedUp)} times with {row.Simulators} simulators"))}; the formula says "
                + $"{string.Join(" and ", judged.Select(row => Text(row.SpeedUpModel)))}.");
    }

    private static Table ToTable(SyncCostRow[] rows) => new(
        "Measured, and by the formula",
        ["shape", "simulators", "α", "A2C", "A2C, formula", "HTS-RL", "HTS-RL, formula", "times as fast", "times, formula"],
        [.. rows.Select(row => (IReadOnlyList<string>)
        [
            Text(row.Shape), Text(row.Simulators), Text(row.Interval), Text(row.Synchronous), Text(row.SynchronousModel), Text(row.Hts), Text(row.HtsModel),
            Text(row.SpeedUp), Text(row.SpeedUpModel),
        ])]);

    private static ChartSheet Chart(SyncCostRow[] rows) => new("Time of a step, in means", [.. rows.GroupBy(row => (row.Shape, row.Simulators)).Select(group =>
        new Panel($"shape {Text(group.Key.Shape)}, {group.Key.Simulators} simulators", "steps between two meetings, α", "time",
        [
            Line("A2C", group, row => row.Synchronous), Line("A2C, formula", group, row => row.SynchronousModel),
            Line("HTS-RL", group, row => row.Hts), Line("HTS-RL, formula", group, row => row.HtsModel),
        ])
        {
            LogarithmicX = true,
        })]);

    private static Series Line(string name, IEnumerable<SyncCostRow> rows, Func<SyncCostRow, double> value) =>
        new(name, [.. rows.Select(row => ((double)row.Interval, value(row), value(row), value(row)))]);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
