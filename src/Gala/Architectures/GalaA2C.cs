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
    private CompletedUpdate _update; // whose exchange is under way
    private bool _isExchanging;

    /// <inheritdoc />
    public override bool IsDispensable => Gossip.IsDispensable;

    /// <inheritdoc />
    public override Turn TakeTurn(CancellationToken abort)
    {
        if (!_isExchanging)
        {
            Progress.State = AgentState.Acting;
            Learner.Collect(); // T steps of N simulators with π(x_i)

            Progress.State = AgentState.Learning;
            double learningRate = LearningRate;
            LearningStatistics learned = Learner.Learn(); // x_i ← x_i − η g_i
            Progress.Record(learned);

            // After every update, or those that a rule picks: broadcast x_i without blocking.
            Clock.Enter(Phase.Gossip);
            _update = new CompletedUpdate(Updates, learningRate, learned.GradientNorm);
            Gossip.Send(Parameters.Span, _update);
            _isExchanging = true;
            if (!Gossip.HasHeardAll)
            {
                return Turn.Yielded; // while others have their turns, the messages that are missing come
            }
        }

        // If every in-peer's message is there, x_i ← (x_i + Σ x_j) / (1 + in-degree); if one is too far behind, another time.
        if (!Gossip.TryMix(Parameters.Span, _update, out GossipResult result))
        {
            Progress.State = AgentState.Waiting;
            return Turn.Waiting(Gossip.Patience);
        }

        _isExchanging = false;
        ParametersChanged();
        return result.Stop ? Turn.Ended : Turn.Done;
    }
}
