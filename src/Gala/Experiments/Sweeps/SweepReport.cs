using System.Globalization;
using System.Text;
using Gala.Figures;

namespace Gala.Experiments;

/// <summary>Compares the variants of a sweep: a page of Markdown, every run as CSV, learning curves as SVG.</summary>
internal sealed class SweepReport
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "sweep.md";

    private const string CurvesName = "learning-curves.svg";
    private const int ResamplesOfAPlace = 500; // a band needs no third digit

    private readonly SweepData _data;
    private readonly IReadOnlyDictionary<string, ReturnScale> _scales;
    private readonly bool _isFromTable;
    private readonly int _parallel;

    /// <summary>Prepares a report.</summary>
    /// <param name="data">Runs.</param>
    /// <param name="scales">What the returns of environments are measured by; those that are missing have no normalised returns.</param>
    /// <param name="isFromTable">Whether that is a fixed table and not the baseline.</param>
    /// <param name="parallel">How many runs trained at once.</param>
    public SweepReport(SweepData data, IReadOnlyDictionary<string, ReturnScale> scales, bool isFromTable, int parallel) =>
        (_data, _scales, _isFromTable, _parallel) = (data, scales, isFromTable, parallel);

    private SweepPlan Plan => _data.Plan;

    private SweepVariant Baseline => Plan.Variants[0];

    /// <summary>The files by name.</summary>
    public IEnumerable<(string Name, string Content)> Files() =>
        [("sweep.csv", EveryRun().ToCsv()), (CurvesName, Curves().ToSvg()), (PageName, Page())];

    private string Page()
    {
        StringBuilder page = new("# Sweep\n");
        int finished = _data.Runs.Count(one => one.Result.Run is not null);
        Say($"{finished} of {_data.Runs.Count} runs are finished. Return is the mean of the last 100 training episodes, frames/s that of the whole run"
            + (_parallel > 1 ? $" ({_parallel} runs shared the machine)" : "") + ". IQM is the interquartile mean over seeds. "
            + "Intervals in brackets are of 95%, by a bootstrap stratified by game (Agarwal et al. 2021); with fewer than ten runs a game they are too narrow.");
        foreach (SweepVariant variant in Plan.Variants)
        {
            page.Append(CultureInfo.InvariantCulture, $"{(variant == Baseline ? "\n" : "")}- {variant.Name}: `{$"{Plan.Words} {variant.Words}".Trim()}`\n");
        }

        AppendAggregates(page);
        foreach (string environment in Plan.Environments)
        {
            Append(page, GameTable(environment));
        }

        page.Append(CultureInfo.InvariantCulture, $"\n![Learning curves]({CurvesName})\n");
        AppendFailures(page);
        return page.ToString();

        void Say(string text) => page.Append(CultureInfo.InvariantCulture, $"\n{text}\n");
    }

    private void AppendAggregates(StringBuilder page)
    {
        string[] games = [.. Plan.Environments.Where(_scales.ContainsKey)];
        if (games.Length == 0)
        {
            page.Append("\nThere are no normalised returns: no game has runs of the baseline that are better than acting at random, or stands in the table.\n");
            return;
        }

        Append(page, new Table(
            "All games, normalised",
            ["variant", "IQM", "mean", $"IQM less that of {Baseline.Name}", $"mean less that of {Baseline.Name}", $"P(better than {Baseline.Name})"],
            [.. Plan.Variants.Select(variant => (IReadOnlyList<string>)[variant.Name, .. Aggregates(variant)])]));
        page.Append(CultureInfo.InvariantCulture, $"\nNormalised, 0 is a policy that acts at random and 1 is {(_isFromTable ? "the trained agent of the reference table" : $"the mean of {Baseline.Name}")}: ");
        page.AppendJoin(", ", games.Select(game => string.Create(CultureInfo.InvariantCulture, $"{game} {_scales[game].Random:0.##} to {_scales[game].Reference:0.##}"))).Append(".\n");
        if (games.Length < Plan.Environments.Count)
        {
            page.Append(CultureInfo.InvariantCulture, $"Left out, since there is nothing to measure by: {string.Join(", ", Plan.Environments.Except(games))}.\n");
        }
    }

    private IEnumerable<string> Aggregates(SweepVariant variant)
    {
        (Scores scores, Scores baseline) = (_data.Normalized(variant, _scales), _data.Normalized(Baseline, _scales));
        yield return StratifiedBootstrap.Of(scores, Aggregate.InterquartileMean).ToText("0.000");
        yield return StratifiedBootstrap.Of(scores, Aggregate.Mean).ToText("0.000");
        yield return variant == Baseline ? "" : StratifiedBootstrap.OfDifference(scores, baseline, Aggregate.InterquartileMean).ToText("0.000");
        yield return variant == Baseline ? "" : StratifiedBootstrap.OfDifference(scores, baseline, Aggregate.Mean).ToText("0.000");
        yield return variant == Baseline ? "" : StratifiedBootstrap.OfImprovement(scores, baseline).ToText("0.00");
    }

    private Table GameTable(string environment) => new(
        environment,
        ["variant", "runs", "IQM", "mean", "lowest to highest", "frames/s"],
        [.. Plan.Variants.Select(variant => (IReadOnlyList<string>)[variant.Name, .. GameRow(variant, environment)])]);

    private IEnumerable<string> GameRow(SweepVariant variant, string environment)
    {
        double[] returns = [.. _data.Returns(variant, environment)];
        TrainedRun[] runs = [.. _data.Finished(variant, environment)];
        Scores scores = Scores.OfOneTask(returns);
        yield return runs.Length == Plan.Seeds.Count ? Text(runs.Length, "0") : $"{runs.Length} of {Plan.Seeds.Count}";
        yield return StratifiedBootstrap.Of(scores, Aggregate.InterquartileMean).ToText();
        yield return returns.Length > 0 ? Text(returns.Average(), "0.0") : "none";
        yield return returns.Length > 0 ? $"{Text(returns.Min(), "0.0")} to {Text(returns.Max(), "0.0")}" : "";
        yield return runs.Length > 0 ? Text(runs.Average(run => run.FramesPerSecond), "N0") : "";
    }

    private void AppendFailures(StringBuilder page)
    {
        (SweepRun Run, RunResult Result)[] failed = [.. _data.Runs.Where(one => one.Result.Failure is not null)];
        if (failed.Length > 0)
        {
            Append(page, new Table("Runs that failed", ["variant", "game", "seed", "reason"],
                [.. failed.Select(one => (IReadOnlyList<string>)[one.Run.Variant.Name, one.Run.Environment, Text(one.Run.Seed, "0"), one.Result.Failure!])]));
        }
    }

    private Table EveryRun() => new(
        "Every run",
        ["variant", "environment", "seed", "state", "return", "bestReturn", "frames", "seconds", "framesPerSecond", "reason"],
        [.. _data.Runs.Select(one => (IReadOnlyList<string>)
        [
            one.Run.Variant.Name, one.Run.Environment, one.Run.Seed.ToString(CultureInfo.InvariantCulture),
            one.Result.Run is not null ? "finished" : one.Result.Failure is not null ? "failed" : "missing",
            .. ((string[])["meanReturn100", "bestMeanReturn100", "frames", "wallSeconds", "framesPerSecond"]).Select(name => Field(one.Result.Run, name)),
            one.Result.Failure ?? "",
        ])]);

    private ChartSheet Curves() => new(
        "Return by frames: interquartile mean and its 95% interval",
        [.. Plan.Environments.Select(environment => new Panel(environment, "frames", "return",
            [.. Plan.Variants.Select(variant => Series.Of(
                variant.Name, _data.Finished(variant, environment).Select(run => run.Curve("frames", "meanReturn100")), Band))]))]);

    private static (double Y, double Low, double High) Band(double[] values)
    {
        Interval interval = StratifiedBootstrap.Of(Scores.OfOneTask(values), Aggregate.InterquartileMean, ResamplesOfAPlace);
        return values.Length > 1 ? (interval.Estimate, interval.Low, interval.High) : (values[0], values[0], values[0]);
    }

    private static void Append(StringBuilder page, Table table) => page.Append(CultureInfo.InvariantCulture, $"\n## {table.Title}\n\n{table.ToMarkdown()}");

    private static string Field(TrainedRun? run, string name) => run?.Find(name)?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
