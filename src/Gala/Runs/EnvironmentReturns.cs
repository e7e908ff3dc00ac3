namespace Gala.Runs;

/// <summary>How an agent that plays several environments does in each, and on average.</summary>
/// <param name="MeanReturn100">Mean return of the last 100 training episodes by environment; null before the first.</param>
/// <param name="Normalized">Mean over environments of what <see cref="ReferenceReturns"/> makes of them: 0 is to act at random, 1 an agent trained
/// for the one environment. Null unless all have such figures and an episode.</param>
public sealed record EnvironmentReturns(IReadOnlyDictionary<string, double?> MeanReturn100, double? Normalized)
{
    internal static EnvironmentReturns Of(IReadOnlyList<(string Environment, double? MeanReturn)> returns)
    {
        double?[] normalized = [.. returns.Select(one => ReferenceReturns.Normalize(one.Environment, one.MeanReturn))];
        return new EnvironmentReturns(
            returns.ToDictionary(one => one.Environment, one => one.MeanReturn),
            Array.TrueForAll(normalized, value => value is not null) ? normalized.Average() : null);
    }
}
