using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>The games that <c>--games</c> chooses from.</summary>
internal static class MinAtarGames
{
    /// <summary>All of them, without their prefix.</summary>
    public static IReadOnlyList<string> All { get; } = ["asterix", "breakout", "freeway", "seaquest", "space_invaders"];

    /// <summary>The games that were asked for.</summary>
    /// <param name="asked">Names; empty for the others.</param>
    /// <param name="otherwise">Games of the reproduction.</param>
    /// <exception cref="InvalidOptionsException">One of them is no game.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> asked, IReadOnlyList<string> otherwise)
    {
        OptionProblem[] problems =
        [
            .. asked.Where(game => !All.Contains(game)).Select(game => new OptionProblem(
                "--games", $"expected some of {string.Join(", ", All)}, not {OneLine.Quote(game)}{NearestName.Suggestion(game, All)}")),
        ];
        return problems.Length > 0 ? throw new InvalidOptionsException(problems) : asked.Count > 0 ? asked : otherwise;
    }
}
