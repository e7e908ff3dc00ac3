using System.Globalization;
using Gala.Figures;
using Gala.Gossip;

namespace Gala.Reproductions;

/// <summary>What the traces of the ε-ball's reproduction say.</summary>
internal static class EpsilonBallReport
{
    /// <param name="traces">Of every setting and seed.</param>
    /// <param name="game">Of MinAtar.</param>
    /// <param name="rounds">Updates of each agent.</param>
    /// <param name="seeds">Of each setting.</param>
    public static ReproductionReport Of(IReadOnlyList<BallTrace> traces, string game, int rounds, int seeds) => new(
        "The ball that the agents stay in",
        [
            $"GALA agents with 16 simulators each learn {game} for {rounds.ToString("N0", CultureInfo.InvariantCulture)} updates at a constant rate, in rounds: all make an update, then all mix. In a run "
                + $"with delay τ every message is τ rounds late. Seeds 1 to {seeds}; the rates are the default for that many simulators times 0.5, 1 and 2.",
            "Distances are ‖X − X̄‖ over all agents together, every 5 rounds. Proposition 1 bounds each by the updates measured until then, "
                + "Σ ‖ΠRⱼ‖ ‖Δ of j rounds ago‖; proposition 2 bounds all by the largest, ε = Σ ‖ΠRⱼ‖ · √n · U. Rⱼ is the exact response of the (delay-augmented) matrix "
                + "to an update j rounds ago. Where ε is 0 agents may differ by what single precision rounds.",
        ],
        [BoundHolds(traces), GrowsWith(traces, "learning rate", "The ball grows with the learning rate", Rates), GrowsWith(traces, "sparser graph", "A better connected graph has a smaller ball", Graphs)],
        [EveryFigure(traces), AtTheDefaultRate(traces)],
        [("epsilon-ball-training", OverTraining(traces)), ("epsilon-ball", BySetting(traces))]);

    private static Verdict BoundHolds(IReadOnlyList<BallTrace> traces)
    {
        int broken = traces.Count(trace => !trace.Holds);
        double[] tracking = [.. traces.Select(trace => trace.OfTracking).Where(share => share > 0)];
        double[] radius = [.. traces.Select(trace => trace.OfRadius).Where(share => share > 0)];
        return new Verdict(
            "Agents stay within ε of their mean (Assran et al. 2019, propositions 1 and 2, with the response to delayed messages and measured updates)",
            broken == 0 ? Outcome.Holds : Outcome.DoesNotHold,
            string.Create(CultureInfo.InvariantCulture, $"Both bounds held in {traces.Count - broken} of {traces.Count} runs. ")
                + string.Create(CultureInfo.InvariantCulture, $"The largest distance was {tracking.Min():P0} to {tracking.Max():P0} of proposition 1's bound and {radius.Min():P1} to {radius.Max():P0} of ε."));
    }

    private static Verdict GrowsWith(
        IReadOnlyList<BallTrace> traces, string what, string claim, Func<IReadOnlyList<BallTrace>, IEnumerable<(BallTrace Smaller, BallTrace Larger)>> pairsOf)
    {
        // Where nothing but rounding is between the agents there is no ball to compare.
        double[] growths = [.. pairsOf(traces).Where(pair => pair.Larger.OfRadius > 0).Select(pair => pair.Larger.Settled / pair.Smaller.Settled).Order()];
        int grown = growths.Count(growth => growth > 1);
        Outcome outcome = growths.Length == 0 ? Outcome.Unclear
            : grown >= 0.9 * growths.Length ? Outcome.Holds
            : grown <= 0.5 * growths.Length ? Outcome.DoesNotHold : Outcome.Unclear;
        string figures = growths.Length == 0
            ? $"No two runs differ in {what} alone."
            : string.Create(CultureInfo.InvariantCulture, $"The settled distance was larger with the {(what == "learning rate" ? "doubled rate" : what)} in {grown} of {growths.Length} comparisons, {growths[growths.Length / 2]:0.00} times in the median.");
        return new Verdict($"{claim} (Assran et al. 2019, proposition 2)", outcome, figures);
    }

    /// <summary>Runs that differ in the rate alone, the higher being twice the lower.</summary>
    private static IEnumerable<(BallTrace Smaller, BallTrace Larger)> Rates(IReadOnlyList<BallTrace> traces) =>
        from smaller in traces
        from larger in traces.Where(other => other.Case == smaller.Case with { RateFactor = 2 * smaller.Case.RateFactor })
        select (smaller, larger);

    /// <summary>Runs that differ in the graph alone, complete to exponential to ring.</summary>
    private static IEnumerable<(BallTrace Smaller, BallTrace Larger)> Graphs(IReadOnlyList<BallTrace> traces) =>
        from smaller in traces.Where(trace => trace.Case.Topology != Topologies.Ring)
        let sparser = smaller.Case.Topology == Topologies.Complete ? Topologies.Exponential : Topologies.Ring
        from larger in traces.Where(other => other.Case == smaller.Case with { Topology = sparser })
        select (smaller, larger);

    private static Table EveryFigure(IReadOnlyList<BallTrace> traces) => new(
        "Every run",
        ["agents", "topology", "rate", "delay", "largest distance", "settled distance", "U", "radius", "of proposition 1", "of radius", "holds"],
        [.. traces.Select(trace => (IReadOnlyList<string>)
        [
            trace.Case.Agents.ToString(CultureInfo.InvariantCulture),
            trace.Case.Topology,
            trace.Case.RateFactor.ToString("0.#", CultureInfo.InvariantCulture),
            trace.Case.Delay.ToString(CultureInfo.InvariantCulture),
            Number(trace.Largest), Number(trace.Settled), Number(trace.LargestUpdate), Number(trace.Radius),
            trace.OfTracking.ToString("P0", CultureInfo.InvariantCulture), trace.OfRadius.ToString("P1", CultureInfo.InvariantCulture),
            trace.Holds ? "yes" : "no",
        ])]);

    private static Table AtTheDefaultRate(IReadOnlyList<BallTrace> traces)
    {
        int[] delays = [.. traces.Select(trace => trace.Case.Delay).Distinct().Order()];
        return new Table(
            "Largest distance and radius at the default rate, by delay",
            ["agents", "topology", .. delays.Select(delay => $"delay {delay}")],
            [.. from trace in traces
                where trace.Case is { RateFactor: 1 }
                group trace by (trace.Case.Agents, trace.Case.Topology) into graph
                select (IReadOnlyList<string>)
                [
                    graph.Key.Agents.ToString(CultureInfo.InvariantCulture),
                    graph.Key.Topology,
                    .. delays.Select(delay => graph.Where(trace => trace.Case.Delay == delay).MaxBy(trace => trace.Largest) is { } worst
                        ? $"{Number(worst.Largest)} of {Number(worst.Radius)}" : "none"),
                ]]);
    }

    private static ChartSheet OverTraining(IReadOnlyList<BallTrace> traces)
    {
        int agents = traces.Max(trace => trace.Case.Agents);
        agents = Math.Min(agents, 8);
        int delay = traces.Where(trace => trace.Case.Delay <= 4).Max(trace => trace.Case.Delay);
        return new ChartSheet("Distance from the mean over training, and its bounds", [.. from trace in traces
            where trace.Case.RateFactor == 1 && trace.Case.Agents == agents && trace.Radius > 0 && (trace.Case.Delay == 0 || trace.Case.Delay == delay)
            group trace by trace.Case into same
            select Panel(same.First())]);

        static Panel Panel(BallTrace trace) => new($"{trace.Case.Topology} of {trace.Case.Agents}, delay {trace.Case.Delay}", "frames", "distance",
        [
            Line("distance", trace.Points.Select(point => ((double)point.Frames, point.Distance))),
            Line("proposition 1", trace.Points.Select(point => ((double)point.Frames, point.Tracking))),
            Line("proposition 2: ε", trace.Points.Select(point => ((double)point.Frames, trace.Radius))),
        ])
        {
            LogarithmicY = true,
        };
    }

    private static ChartSheet BySetting(IReadOnlyList<BallTrace> traces)
    {
        int agents = Math.Min(traces.Max(trace => trace.Case.Agents), 8);
        return new ChartSheet("Largest distance (plain) and radius",
        [
            Panel("by agents, without delay", "agents", trace => trace.Case is { RateFactor: 1, Delay: 0 }, trace => trace.Case.Agents),
            Panel($"by delay, {agents} agents", "delay, rounds", trace => trace.Case is { RateFactor: 1 } && trace.Case.Agents == agents, trace => trace.Case.Delay),
            Panel($"by rate, {agents} agents, without delay", "rate over the default", trace => trace.Case is { Delay: 0 } && trace.Case.Agents == agents, trace => trace.Case.RateFactor),
        ]);

        Panel Panel(string title, string across, Func<BallTrace, bool> belongs, Func<BallTrace, double> place) => new(title, across, "distance",
        [
            .. from trace in traces
               where belongs(trace) && trace.Radius > 0
               group trace by trace.Case.Topology into graph
               from line in (Series[])
               [
                   Line(graph.Key, graph.Select(trace => (place(trace), trace.Largest))),
                   Line($"{graph.Key}, radius", graph.Select(trace => (place(trace), trace.Radius))),
               ]
               select line,
        ])
        {
            LogarithmicY = true,
        };
    }

    /// <summary>Through the means of points at one place; without those that a logarithm has no place for.</summary>
    private static Series Line(string name, IEnumerable<(double X, double Y)> points) => new(name,
        [.. from point in points
            where point.Y > 0
            group point.Y by point.X into place
            orderby place.Key
            select (place.Key, place.Average(), place.Min(), place.Max())]);

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
