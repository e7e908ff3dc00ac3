using System.Globalization;
using Gala.Environments;
using Gala.Networks;

namespace Gala.Runs.Checkpoints;

/// <summary>Finds out whether a checkpoint is of the run that <c>run.yaml</c> describes now, before anything is built from both.</summary>
internal static class CheckpointFit
{
    private const string EnvironmentKey = "environment"; // of which the id stays, while its options may change

    // What counters, parameters and states are of.
    private static readonly string[] Fixed =
        ["architecture", "agents", "simulators", "rollout", "network", "optimizer", "processes", "batch"];

    // What may change where the states are of the same kind before and after.
    private static readonly string[] Shaping = [EnvironmentKey, "topology", "gossip", "gossipStatistics", "gossipGradients", "deterministic", "lockStepFrames"];

    /// <summary>Refuses a checkpoint whose counters or parameters mean something else under other options.</summary>
    /// <param name="checkpoint">Of this process.</param>
    /// <param name="options">Complete.</param>
    /// <param name="environment">What they play.</param>
    /// <exception cref="InvalidRunException">The options were changed since the checkpoint.</exception>
    public static void Require(Checkpoint checkpoint, RunOptions options, EnvironmentSpec environment)
    {
        string changes = Changes(checkpoint, options, key => key switch
        {
            EnvironmentKey => Ids(options) != Ids(checkpoint.Options!),
            "agents" => options.Architecture != "impala", // whose actors a checkpoint does not hold
            _ => Fixed.Contains(key),
        });
        if (changes.Length > 0)
        {
            throw Changed(changes);
        }

        RequireAgents(checkpoint, options.Architecture is "impala" or "hts" ? 1 : options.Agents!.Value);
        RequireFrames(checkpoint, options, environment);
        RequireNetwork(checkpoint, options, environment);
    }

    /// <summary>Refuses a checkpoint of other networks.</summary>
    /// <exception cref="InvalidRunException">The options were changed since the checkpoint.</exception>
    public static void RequireNetwork(Checkpoint checkpoint, RunOptions options, EnvironmentSpec environment)
    {
        ParameterLayout layout = NetworkPresets.Create(options.Network!, environment.Observation, environment.Actions).Layout;
        if (checkpoint.Agents.FirstOrDefault(agent => !AreSame(agent.Layout, layout)) is { } other)
        {
            throw Changed(string.Create(
                CultureInfo.InvariantCulture,
                $"its networks have {other.Layout.Length:N0} parameters in {other.Layout.Tensors.Count} tensors, "
                + $"{options.Network} for {options.Environment} has {layout.Length:N0} in {layout.Tensors.Count}"));
        }
    }

    /// <summary>The likely reason why a state of the checkpoint is not the run's, such as "topology is star, was ring".</summary>
    /// <returns>Empty if it is not known.</returns>
    public static string LikelyChanges(Checkpoint checkpoint, RunOptions options) =>
        Changes(checkpoint, options, key => Fixed.Contains(key) || Shaping.Contains(key));

    /// <summary>What is said of a checkpoint that does not fit the run any more.</summary>
    /// <param name="how">In what they differ.</param>
    public static InvalidRunException Changed(string how) =>
        new($"run.yaml was changed since the checkpoint: {how}; put it back or start a new run");

    private static void RequireAgents(Checkpoint checkpoint, int agents)
    {
        if (checkpoint.Agents.Count != agents)
        {
            throw Changed($"it holds {checkpoint.Agents.Count} agents that learn, run.yaml asks for {agents}");
        }

        if (checkpoint.Agents.Aggregate((Int128)0, (sum, agent) => sum + agent.Updates) != checkpoint.Updates)
        {
            throw new InvalidRunException(string.Create(
                CultureInfo.InvariantCulture, $"the checkpoint is damaged: its agents' updates do not add up to {checkpoint.Updates:N0}; start a new run"));
        }
    }

    private static void RequireFrames(Checkpoint checkpoint, RunOptions options, EnvironmentSpec environment)
    {
        Int128 frames = (Int128)RunDefaults.StepsOfAnUpdate(options) * environment.FrameSkip;
        if (checkpoint.Updates * frames != checkpoint.Frames)
        {
            double before = (double)checkpoint.Frames / Math.Max(1, checkpoint.Updates);
            string trajectories = options.Batch is { } batch ? $"{batch} trajectories x " : "";
            string size = $"{trajectories}{options.Simulators} simulators x {options.Rollout} steps x frame skip {environment.FrameSkip}";
            throw Changed(string.Create(
                CultureInfo.InvariantCulture, $"its updates were of {before:#,0.##} frames, those of run.yaml are of {frames} ({size})"));
        }
    }

    private static string Changes(Checkpoint checkpoint, RunOptions options, Func<string, bool> counts)
    {
        if (checkpoint.Options is not { } before)
        {
            return "";
        }

        RunOptions now = RunFolder.AsWritten(options);
        return string.Join(", ", OptionCatalog.All
            .Where(entry => counts(entry.Key) && entry.Format(now) != entry.Format(before))
            .Select(entry => $"{entry.Key} is {entry.Format(now)}, was {entry.Format(before)}"));
    }

    private static string Ids(RunOptions options) =>
        string.Join(',', EnvironmentReference.ParseList(options.Environment).Select(reference => reference.Id));

    private static bool AreSame(ParameterLayout one, ParameterLayout other) => one.Tensors.Count == other.Tensors.Count
        && one.Tensors.Zip(other.Tensors).All(pair => pair.First.Name == pair.Second.Name && pair.First.Shape.SequenceEqual(pair.Second.Shape));
}
