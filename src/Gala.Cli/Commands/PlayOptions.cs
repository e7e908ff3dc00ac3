using System.Globalization;

namespace Gala.Cli.Commands;

/// <summary>The options of commands that let a trained agent play.</summary>
internal static class PlayOptions
{
    public static ValueOption Agent() => new("--agent", "I", "Rank of the agent that plays, from 0") { DefaultText = "the agents' mean" };

    public static SwitchOption Greedy() => new("--greedy", "Always the most probable action, instead of a draw from the policy");

    public static ValueOption Seed() => new("--seed", "S", "Seed of the episodes and of the draws of actions") { DefaultText = "1" };

    public static ValueOption MaxSteps() => new("--max-steps", "N", "Steps after which an episode that has not ended is cut") { DefaultText = "1m" };

    /// <summary>The steps after which an episode is cut; the default if they were not given, or wrongly, which is noted.</summary>
    public static int MaxSteps(this Invocation invocation, ValueOption option) => (int)(invocation.Whole(option, 1, int.MaxValue) ?? Gala.Runs.Evaluation.DefaultMaxSteps);

    /// <summary>Describes the episodes that did not end or are not in the returns, a line each.</summary>
    public static IEnumerable<string> Remarks(int cutEpisodes, int skippedEpisodes, int maxSteps)
    {
        if (cutEpisodes > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{cutEpisodes:N0} cut after {maxSteps:N0} steps; their returns count as they stood");
        }

        if (skippedEpisodes > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{skippedEpisodes:N0} skipped, since a reward was NaN or infinite");
        }
    }

    /// <summary>A seed; null if it was not given, or wrongly, which is noted.</summary>
    public static ulong? Seed(this Invocation invocation, ValueOption option)
    {
        Gala.Runs.RunOptionsBuilder builder = new();
        invocation.Set(builder, [option]);
        invocation.Note(builder.Problems);
        return invocation.Text(option) is null ? null : builder.Options.Seed;
    }
}
