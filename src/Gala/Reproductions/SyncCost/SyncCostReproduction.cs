using System.Globalization;
using Gala.Figures;

namespace Gala.Reproductions;

/// <summary>What waiting for the slowest simulator costs, and what HTS-RL saves of it.</summary>
internal sealed class SyncCostReproduction : IReproduction
{
    private const int FullSteps = 1_024;
    private const int QuickSteps = 192;
    private const double NearEnough = 0.15; // of the formula: threads take some time to hand over and to wake up
    private static readonly double[] Shapes = [1, 0.25];
    private static readonly int[] SimulatorCounts = [4, 16];
    private static readonly int[] Intervals = [1, 4, 16, 64];

    public string Name => "sync-cost";

    public string Claim => "HTS-RL is 2 to 6 times as fast as synchronous A2C where step times vary (Liu et al. 2020)";

    public (int Full, int Quick) DefaultSeeds => (3, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        int steps = settings.Quick ? QuickSteps : FullSteps;
        List<SyncCostRow> rows = [];
        foreach (double shape in Shapes)
        {
            foreach (int simulators in SimulatorCounts)
            {
                for (int seed = 1; seed <= settings.Seeds; seed++)
                {
                    progress($"{simulators} simulators, step times of shape {Text(shape)}, seed {seed}");
                    foreach (SyncCostRow row in SyncCostMeasurement.Measure(shape, simulators, Intervals, steps, (ulong)seed))
                    {
                        stop.ThrowIfCancellationRequested();
                        rows.Add(row);
                    }
                }
            }
        }

        return Report(settings, steps, rows);
    }

    /// <summary>What the rows say.</summary>
    internal static ReproductionReport Report(ReproductionSettings settings, int steps, IReadOnlyList<SyncCostRow> rows) => new(
        "What waiting for the slowest simulator costs",
        [
            $"Simulators of CartPole whose steps sleep for a gamma-distributed time of {SyncCostMeasurement.MeanMilliseconds} ms on average, a thread each, "
                + $"{steps} steps each, on {Environment.ProcessorCount} processors, seeds 1 to {settings.Seeds}. A2C's simulators meet after every step, "
                + "HTS-RL's after α of them. Shape 1 is exponential, and shape 0.25 has four times its variance.",
            "Times are of one step of all simulators, in units of a step's mean: 1 is no waiting for each other at all. Beside them stands the formula of "
                + "Liu et al. 2020, claim 1, the mean of the largest of n gamma-distributed times by extreme-value theory, without any time for computing; "
                + "at n = 4 and α = 1 it is too low.",
        ],
        [SpeedUp(rows), Formula(rows)],
        [EveryFigure(rows), Means(rows)],
        [("sync-cost", Chart(rows))]);

    private static Verdict SpeedUp(IReadOnlyList<SyncCostRow> rows)
    {
        double[] speedUps = [.. Shapes.Select(shape => rows.Where(row => row.Shape == shape && row.Simulators == SimulatorCounts[^1])
            .GroupBy(row => row.Interval).Max(group => group.Average(row => row.SpeedUp)))];
        int held = speedUps.Count(speedUp => speedUp >= 2);
        return new Verdict(
            "HTS-RL is 2 to 6 times as fast as A2C that waits in every step (Liu et al. 2020)",
            held == speedUps.Length ? Outcome.Holds : held == 0 ? Outcome.DoesNotHold : Outcome.Unclear,
            $"With {SimulatorCounts[^1]} simulators, at the best interval: "
                + string.Join(", ", Shapes.Zip(speedUps, (shape, speedUp) => $"{Text(speedUp)} times as fast at shape {Text(shape)}")) + ".");
    }

    private static Verdict Formula(IReadOnlyList<SyncCostRow> rows)
    {
        double[] errors = [.. rows.Where(row => row.Simulators == SimulatorCounts[^1] && row.Interval >= 4)
            .GroupBy(row => (row.Shape, row.Interval)).Select(group => Math.Abs((group.Average(row => row.Hts) / group.First().HtsModel) - 1))];
        return new Verdict(
            "Run time falls with the interval as the extreme-value formula says (Liu et al. 2020, claim 1)",
            errors.Max() <= NearEnough ? Outcome.Holds : errors.Min() > NearEnough ? Outcome.DoesNotHold : Outcome.Unclear,
            $"With {SimulatorCounts[^1]} simulators and α of 4 or more, HTS-RL's times are within {errors.Max().ToString("P0", CultureInfo.InvariantCulture)} of it.");
    }

    private static Table EveryFigure(IEnumerable<SyncCostRow> rows) => new(
        "Every figure",
        ["shape", "simulators", "interval", "seed", "A2C", "A2C by formula", "HTS-RL", "HTS-RL by formula", "speed-up", "speed-up by formula"],
        [.. rows.Select(row => (IReadOnlyList<string>)
        [
            Text(row.Shape), Text(row.Simulators), Text(row.Interval), Text(row.Seed), Text(row.Synchronous), Text(row.SynchronousModel),
            Text(row.Hts), Text(row.HtsModel), Text(row.SpeedUp), Text(row.SpeedUpModel),
        ])]);

    private static Table Means(IEnumerable<SyncCostRow> rows) => new(
        "Time of a step, formula in brackets",
        ["shape", "simulators", "A2C", .. Intervals.Select(interval => $"HTS-RL, α = {interval}"), "largest speed-up"],
        [.. rows.GroupBy(row => (row.Shape, row.Simulators)).Select(setting => (IReadOnlyList<string>)
        [
            Text(setting.Key.Shape),
            Text(setting.Key.Simulators),
            $"{Text(setting.Average(row => row.Synchronous))} ({Text(setting.First().SynchronousModel)})",
            .. setting.GroupBy(row => row.Interval).Select(group => $"{Text(group.Average(row => row.Hts))} ({Text(group.First().HtsModel)})"),
            Text(setting.GroupBy(row => row.Interval).Max(group => group.Average(row => row.SpeedUp))),
        ])]);

    private static ChartSheet Chart(IEnumerable<SyncCostRow> rows) => new(
        "Time of a step by interval",
        [.. rows.GroupBy(row => (row.Shape, row.Simulators)).Select(setting =>
            new Panel($"{setting.Key.Simulators} simulators, shape {Text(setting.Key.Shape)}", "interval α", "time / mean",
            [
                Line("A2C", setting, row => row.Synchronous),
                Line("A2C, formula", setting, row => row.SynchronousModel),
                Line("HTS-RL", setting, row => row.Hts),
                Line("HTS-RL, formula", setting, row => row.HtsModel),
            ]) { LogarithmicX = true })]);

    private static Series Line(string name, IEnumerable<SyncCostRow> rows, Func<SyncCostRow, double> value) => new(name,
        [.. rows.GroupBy(row => row.Interval).Select(group => ((double)group.Key, group.Average(value), group.Min(value), group.Max(value)))]);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
