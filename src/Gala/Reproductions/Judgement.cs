using Gala.Experiments;

namespace Gala.Reproductions;

/// <summary>From the interval of a figure to what it says of a claim. Every verdict over seeds is made here.</summary>
internal static class Judgement
{
    /// <summary>How much worse than another a normalised return may be and still count as no worse; 1 is what a trained agent gains over a random one.</summary>
    public const double Margin = 0.05;

    /// <summary>The rule, for reports.</summary>
    public const string Rule = "A claim that something is more than a threshold holds if the 95% interval is wholly above it, does not hold if no part of it is, and is unclear "
        + "otherwise, or with a single seed. \"As good or better\" means a normalised return no more than 0.05 below; 0 is a policy that acts at random, 1 the reference table's "
        + "trained agent. Intervals are by a bootstrap stratified by game over seeds (Agarwal et al. 2021); IQM is the interquartile mean.";

    /// <summary>Whether a figure is above a threshold.</summary>
    /// <param name="figure">Figure with its interval, such as the difference of two methods.</param>
    /// <param name="threshold">What it must exceed.</param>
    public static Outcome IsAbove(Interval figure, double threshold = 0) =>
        figure.Low > threshold ? Outcome.Holds : figure.High <= threshold ? Outcome.DoesNotHold : Outcome.Unclear;

    /// <summary>Whether a method is as good as another or better, by the difference of their normalised returns.</summary>
    public static Outcome IsNoWorse(Interval difference) => IsAbove(difference, -Margin);

    /// <summary>Whether all of several claims hold; they do not as soon as one does not.</summary>
    public static Outcome All(params IReadOnlyList<Outcome> outcomes) =>
        outcomes.All(outcome => outcome == Outcome.Holds) ? Outcome.Holds
        : outcomes.Any(outcome => outcome == Outcome.DoesNotHold) ? Outcome.DoesNotHold : Outcome.Unclear;
}
