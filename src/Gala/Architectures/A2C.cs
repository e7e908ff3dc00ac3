using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>Synchronous advantage actor-critic with one learner. Deterministic: equal seeds give equal parameters.</summary>
/// <remarks>Source: Mnih et al. 2016, arXiv 1602.01783, in its synchronous form.</remarks>
public sealed class A2C(ActorLearner learner) : IAgent
{
    /// <inheritdoc />
    public int Rank => 0;

    /// <inheritdoc />
    public ActorLearner Learner { get; } = learner;

    /// <inheritdoc />
    public IGossip Gossip { get; } = new NoGossip();

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public bool Iterate(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect(); // T steps of N simulators with π(θ)

        Progress.State = AgentState.Learning;
        Progress.Record(Learner.Learn()); // θ ← θ − η g
        Learner.Network.ParametersChanged();
        Learner.Clock.Enter(Phase.Gossip);
        return !Gossip.Exchange(Learner.Network.Parameters.Span, Learner.Updates, abort).Stop;
    }

    /// <inheritdoc />
    public void Dispose() => Learner.Dispose();
}
