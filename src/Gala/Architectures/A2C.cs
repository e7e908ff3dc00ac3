using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>One worker of synchronous A2C: all workers make the same step, by the mean of their gradients, so they are one learner.</summary>
/// <remarks>Source: the synchronous form of Mnih et al. 2016, arXiv 1602.01783. K workers of N simulators learn what one of K · N would, but
/// for the order of summation.</remarks>
public sealed class A2C(int rank, ActorLearner learner, IGossip reduction) : IAgent
{
    /// <inheritdoc />
    public int Rank { get; } = rank;

    /// <inheritdoc />
    public ActorLearner Learner { get; } = learner;

    /// <inheritdoc />
    /// <remarks>What is exchanged are gradients.</remarks>
    public IGossip Gossip { get; } = reduction;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public bool Iterate(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect(); // T steps of N simulators with π(θ)

        Progress.State = AgentState.Learning;
        LossStatistics loss = Learner.ComputeGradients(); // g_k
        Learner.Clock.Enter(Phase.Gossip);
        GossipResult result = Gossip.Exchange(Learner.Network.Gradients.Span, Learner.Updates, abort); // g ← (1/K) Σ g_k
        Progress.Record(Learner.Step(loss)); // θ ← θ − η g
        Learner.Network.ParametersChanged();
        return !result.Stop;
    }

    /// <inheritdoc />
    public void Dispose() => Learner.Dispose();
}
