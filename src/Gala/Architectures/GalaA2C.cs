using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>One agent of GALA: an A2C learner that agrees with the others by gossip instead of averaging gradients.</summary>
/// <remarks>Source: Assran et al. 2019, arXiv 1906.04585, algorithm 1. Where ours differs: docs/algorithms/gala.md.</remarks>
public sealed class GalaA2C(int rank, ActorLearner learner, IGossip gossip) : IAgent
{
    /// <inheritdoc />
    public int Rank { get; } = rank;

    /// <inheritdoc />
    public ActorLearner Learner { get; } = learner;

    /// <inheritdoc />
    public IGossip Gossip { get; } = gossip;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public bool Iterate(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect(); // T steps of N simulators with π(x_i)

        Progress.State = AgentState.Learning;
        Progress.Record(Learner.Learn()); // x_i ← x_i − η g_i

        Learner.Clock.Enter(Phase.Gossip);
        // Broadcast x_i without blocking; if every in-peer's message is there, x_i ← (x_i + Σ x_j) / (1 + in-degree).
        GossipResult result = Gossip.Exchange(Learner.Network.Parameters.Span, Learner.Updates, abort);
        Learner.Network.ParametersChanged();
        return !result.Stop;
    }

    /// <inheritdoc />
    public void Dispose() => Learner.Dispose();
}
