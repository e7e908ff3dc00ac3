using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>One agent of GALA: an A2C learner that agrees with the others by gossip instead of averaging gradients.</summary>
/// <remarks>Source: Assran et al. 2019, arXiv 1906.04585, algorithm 1. Where ours differs: docs/algorithms/gala.md.</remarks>
/// <param name="rank">0 to n − 1.</param>
/// <param name="learner">The agent's blocks.</param>
/// <param name="gossip">What is exchanged are parameters.</param>
public sealed class GalaA2C(int rank, ActorLearner learner, IGossip gossip) : ActorLearnerAgent(rank, learner, gossip)
{
    /// <inheritdoc />
    public override bool IsDispensable => Gossip.IsDispensable;

    /// <inheritdoc />
    public override bool Iterate(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect(); // T steps of N simulators with π(x_i)

        Progress.State = AgentState.Learning;
        double learningRate = LearningRate;
        LearningStatistics learned = Learner.Learn(); // x_i ← x_i − η g_i
        Progress.Record(learned);

        Clock.Enter(Phase.Gossip);
        // After every update, or those that a rule picks: broadcast x_i without blocking;
        // if every in-peer's message is there, x_i ← (x_i + Σ x_j) / (1 + in-degree).
        CompletedUpdate update = new(Updates, learningRate, learned.GradientNorm);
        GossipResult result = Gossip.Exchange(Parameters.Span, update, abort);
        ParametersChanged();
        return !result.Stop;
    }
}
