using Gala.Experiments;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>Returns of MinAtar on the scale of <see cref="ReferenceReturns"/>.</summary>
internal static class Normalized
{
    /// <summary>Normalised returns of a method.</summary>
    /// <param name="games">Games without their prefix.</param>
    /// <param name="returns">Returns of the seeds of a game.</param>
    public static Scores Of(IEnumerable<string> games, Func<string, IEnumerable<double>> returns) => new(
        games.Select(game => returns(game).Select(value => ReferenceReturns.Normalize($"minatar/{game}", value) ?? double.NaN)));

    /// <summary>The difference of the interquartile means of two methods and how likely one improves on the other, as text.</summary>
    public static string Compare(Scores first, Scores second) =>
        $"Difference of normalised IQMs {StratifiedBootstrap.OfDifference(first, second, Aggregate.InterquartileMean).ToText("0.000")}, "
            + $"of means {StratifiedBootstrap.OfDifference(first, second, Aggregate.Mean).ToText("0.000")}; "
            + $"probability of improvement {StratifiedBootstrap.OfImprovement(first, second).ToText("0.00")}.";
}
