using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>One worker of synchronous A2C: all workers make the same step, by the mean of their gradients, so they are one learner.</summary>
/// <remarks>Source: the synchronous form of Mnih et al. 2016, arXiv 1602.01783. K workers of N simulators learn what one of K · N would, but
/// for the order of summation.</remarks>
/// <param name="rank">0 to K − 1.</param>
/// <param name="learner">The worker's blocks.</param>
/// <param name="reduction">What is exchanged are gradients.</param>
public sealed class A2C(int rank, ActorLearner learner, IGossip reduction) : ActorLearnerAgent(rank, learner, reduction)
{
    private LossStatistics _loss; // of the update under way
    private bool _isExchanging;

    /// <inheritdoc />
    public override Turn TakeTurn(CancellationToken abort)
    {
        CompletedUpdate update = new(Updates, LearningRate, GradientNorm: 0);
        if (!_isExchanging)
        {
            Progress.State = AgentState.Acting;
            Learner.Collect(); // T steps of N simulators with π(θ)

            Progress.State = AgentState.Learning;
            _loss = Learner.ComputeGradients(); // g_k
            Clock.Enter(Phase.Gossip);
            Gossip.Send(Learner.Network.Gradients.Span, update);
            _isExchanging = true;
        }

        if (!Gossip.TryMix(Learner.Network.Gradients.Span, update, out GossipResult result)) // g ← (1/K) Σ g_k
        {
            Progress.State = AgentState.Waiting;
            return Turn.Waiting(Gossip.Patience);
        }

        _isExchanging = false;
        Progress.Record(Learner.Step(_loss)); // θ ← θ − η g
        ParametersChanged();
        return result.Stop ? Turn.Ended : Turn.Done;
    }
}
