using System.Globalization;
using Gala.Experiments;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>What runs under several gossip rules say of the papers' claims.</summary>
internal sealed class GossipRulesReport
{
    private const double Fraction = 0.5; // of the exchanges, that a rule which saves them must stay below
    private const double NearInSpeed = -0.2; // a fifth slower

    private readonly ReproductionSettings _settings;
    private readonly long _frames;
    private readonly IReadOnlyList<string> _games;
    private readonly IReadOnlyList<GossipVariant> _variants;
    private readonly IReadOnlyDictionary<(string Rule, string Game), TrainedRun[]> _runs;

    /// <summary>Prepares a report.</summary>
    public GossipRulesReport(
        ReproductionSettings settings,
        long frames,
        IReadOnlyList<string> games,
        IReadOnlyList<GossipVariant> variants,
        IReadOnlyDictionary<(string Rule, string Game), TrainedRun[]> runs) => (_settings, _frames, _games, _variants, _runs) = (settings, frames, games, variants, runs);

    /// <summary>The report.</summary>
    public ReproductionReport Make() => new(
        "When agents gossip",
        [
            string.Create(CultureInfo.InvariantCulture, $"4 GALA agents of 16 simulators, {_frames:N0} frames, seeds 1 to {_settings.Seeds}, on {Environment.ProcessorCount} processors. ")
                + "All rules but Sync-Switch and asynchronous gossip are in lock-step, so that the same seed gives the same bits. An exchange is one agent's mixing in of what its "
                + "in-peers sent; on the ring it costs one message. Asynchronous agents send after every update and mix what has come: messages that a newer one "
                + "replaces before they are read are sent, but not counted.",
            "Rules: " + string.Join("; ", _variants.Select(variant => $"{variant.Name} `{Words(variant.Options)}`")) + ".",
            Judgement.Rule,
        ],
        [.. Verdicts()],
        [EveryRun(), Summary()],
        [("gossip-rules", Chart())]);

    private IEnumerable<Verdict> Verdicts()
    {
        yield return Saves("QSR is no worse than gossip after every update, with less than half the exchanges (Gu et al., ICLR 2024)", "qsr");
        yield return Saves("SelSync is no worse than gossip after every update, with less than half the exchanges (Tyagi and Swany, CLUSTER 2023)", "significant");
        Outcome quality = Judgement.IsNoWorse(StratifiedBootstrap.OfDifference(Returns("sync-switch"), Returns("every"), Aggregate.InterquartileMean));
        yield return new Verdict("Sync-Switch is no worse than lock-step (Li et al., ICDCS 2021)", quality, Normalized.Compare(Returns("sync-switch"), Returns("every")));
        Interval slower = StratifiedBootstrap.OfDifference(Speeds("sync-switch"), Speeds("asynchronous"), Aggregate.Mean);
        yield return new Verdict("Sync-Switch is nearly as fast as asynchronous gossip, within a fifth (Li et al., ICDCS 2021)",
            Judgement.IsAbove(slower, NearInSpeed), $"Its frames a second, as a share of the asynchronous ones, differ by {slower.ToText("0.00")}.");
    }

    private Verdict Saves(string claim, string rule)
    {
        Interval saved = StratifiedBootstrap.Of(Saved(rule), Aggregate.Mean);
        Outcome quality = Judgement.IsNoWorse(StratifiedBootstrap.OfDifference(Returns(rule), Returns("every"), Aggregate.InterquartileMean));
        return new Verdict(
            claim,
            Judgement.All(quality, Judgement.IsAbove(saved, Fraction)),
            $"It saves {saved.ToText("P0")} of the exchanges. {Normalized.Compare(Returns(rule), Returns("every"))}");
    }

    private double MeanExchanges => _games.SelectMany(game => _runs[("every", game)]).Average(Exchanges);

    private Scores Returns(string rule) => Normalized.Of(_games, game => _runs[(rule, game)].Select(run => run.FinalReturn));

    /// <summary>Share of the exchanges of every update that each run did without.</summary>
    private Scores Saved(string rule) => new(_games.Select(game => _runs[(rule, game)].Select(run => 1 - (Exchanges(run) / MeanExchanges))));

    /// <summary>Frames a second over the mean of asynchronous gossip on the same game.</summary>
    private Scores Speeds(string rule) => new(_games.Select(game => _runs[(rule, game)].Select(run => Speed(run) / _runs[("asynchronous", game)].Average(Speed))));

    private static double Speed(TrainedRun run) => run.FramesPerSecond;

    private static double Exchanges(TrainedRun run) => run.Find("exchanges") ?? 0;

    private static string Words(RunOptions options) => (options.Deterministic, options.LockStepFrames) switch
    {
        (true, _) => $"--deterministic --gossip {options.Gossip}",
        (_, > 0) => string.Create(CultureInfo.InvariantCulture, $"--lock-step-frames {options.LockStepFrames}"),
        _ => $"--gossip {options.Gossip}",
    };

    private Table Summary() => new(
        "Return, exchanges and speed",
        ["rule", .. _games.Select(game => $"IQM of the return, {game}"), "normalised IQM", "exchanges", "of those of every update", "frames/s"],
        [.. _variants.Select(variant =>
        {
            TrainedRun[] all = [.. _games.SelectMany(game => _runs[(variant.Key, game)])];
            return (IReadOnlyList<string>)
            [
                variant.Name,
                .. _games.Select(game => Iqm(variant, game).ToText()),
                StratifiedBootstrap.Of(Returns(variant.Key), Aggregate.InterquartileMean).ToText("0.000"),
                all.Average(Exchanges).ToString("N0", CultureInfo.InvariantCulture),
                (all.Average(Exchanges) / MeanExchanges).ToString("P0", CultureInfo.InvariantCulture),
                all.Average(Speed).ToString("N0", CultureInfo.InvariantCulture),
            ];
        })]);

    private Table EveryRun() => new(
        "Every run",
        ["rule", "game", "seed", "return", "exchanges", "updates", "frames/s"],
        [.. from variant in _variants
            from game in _games
            from run in _runs[(variant.Key, game)].Index()
            select (IReadOnlyList<string>)
            [
                variant.Name, game, Text(run.Index + 1), Text(run.Item.FinalReturn), Text(Exchanges(run.Item)), Text(run.Item.Find("updates") ?? 0), Text(run.Item.FramesPerSecond),
            ]]);

    private ChartSheet Chart() => new(
        "Return by exchanges",
        [.. _games.Select(game => new Panel(game, "exchanges", "return, IQM", [.. _variants.Select(variant => Point(variant, game))]) { LogarithmicX = true })]);

    private Series Point(GossipVariant variant, string game)
    {
        Interval iqm = Iqm(variant, game);
        double exchanges = _runs[(variant.Key, game)].Average(Exchanges);
        return new Series(variant.Name, [(exchanges, iqm.Estimate, double.IsFinite(iqm.Low) ? iqm.Low : iqm.Estimate, double.IsFinite(iqm.High) ? iqm.High : iqm.Estimate)]);
    }

    private Interval Iqm(GossipVariant variant, string game) =>
        StratifiedBootstrap.Of(Scores.OfOneTask(_runs[(variant.Key, game)].Select(run => run.FinalReturn)), Aggregate.InterquartileMean);

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "";
}
