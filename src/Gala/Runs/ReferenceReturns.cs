using Gala.Environments;

namespace Gala.Runs;

/// <summary>Returns that those of several environments are made comparable with.</summary>
/// <remarks>Of a policy that acts at random, and of this project's own GALA agents trained for that one game with the defaults and 3 million
/// frames: docs/results/learning.md. MinAtar has no published human scores.</remarks>
public static class ReferenceReturns
{
    private static readonly Dictionary<string, (double Random, double Trained)> Table = new(StringComparer.Ordinal)
    {
        ["minatar/asterix"] = (0.49, 23.4),
        ["minatar/breakout"] = (0.53, 16.8),
        ["minatar/freeway"] = (0.12, 54.7),
        ["minatar/seaquest"] = (0.14, 5.1),
        ["minatar/space_invaders"] = (2.86, 109.6),
    };

    /// <summary>(return − random) / (trained − random); null if the environment has no figures, or there is no return yet.</summary>
    /// <param name="environment">With or without options.</param>
    /// <param name="meanReturn">Undiscounted.</param>
    public static double? Normalize(string environment, double? meanReturn) =>
        Find(environment) is { } known ? (meanReturn - known.Random) / (known.Trained - known.Random) : null;

    /// <summary>The mean returns of an environment; null if it is not in the table.</summary>
    /// <param name="environment">With or without options.</param>
    public static (double Random, double Trained)? Find(string environment) =>
        Table.TryGetValue(EnvironmentReference.Parse(environment).Id, out (double Random, double Trained) known) ? known : null;
}
