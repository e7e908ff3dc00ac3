using Gala.Networks;

namespace Gala.Runs.Checkpoints;

/// <summary>One agent at a moment between two updates. The arrays are the checkpoint's own.</summary>
public sealed record AgentCheckpoint
{
    /// <summary>Where each named tensor lies in <see cref="Parameters"/>.</summary>
    public required ParameterLayout Layout { get; init; }

    /// <summary>θ, shape [P].</summary>
    public required float[] Parameters { get; init; }

    /// <summary>What the optimiser keeps.</summary>
    public required IReadOnlyList<NamedVector> OptimizerState { get; init; }

    /// <summary>Steps that the optimiser took.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>Updates that the agent did.</summary>
    public required long Updates { get; init; }

    /// <summary>Those of them that were left out because their gradients were not finite; since format version 2.</summary>
    public long RefusedUpdates { get; init; }

    /// <summary>Whether the agent had failed since, while the others, whose state is newer, went on.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Whatever else the agent needs to go on: simulators, random streams, counters.</summary>
    public required byte[] State { get; init; }
}
