namespace Gala.Cli.Commands;

/// <summary>The options of commands that let a trained agent play.</summary>
internal static class PlayOptions
{
    public static ValueOption Agent() => new("--agent", "I", "Rank of the agent that plays, from 0") { DefaultText = "the agents' mean" };

    public static SwitchOption Greedy() => new("--greedy", "Always the most probable action, instead of a draw from the policy");

    public static ValueOption Seed() => new("--seed", "S", "Seed of the episodes and of the draws of actions") { DefaultText = "1" };

    /// <summary>A seed; null if it was not given, or wrongly, which is noted.</summary>
    public static ulong? Seed(this Invocation invocation, ValueOption option)
    {
        Gala.Runs.RunOptionsBuilder builder = new();
        invocation.Set(builder, [option]);
        invocation.Note(builder.Problems);
        return invocation.Text(option) is null ? null : builder.Options.Seed;
    }
}
