namespace Gala.Experiments;

/// <summary>Makes one figure of weighted scores.</summary>
/// <param name="sorted">Scores, lowest first, shape [n].</param>
/// <param name="weights">Weight of each score, at least 0 and not all 0, shape [n].</param>
internal delegate double Statistic(ReadOnlySpan<double> sorted, ReadOnlySpan<double> weights);
