using Gala.Gossip;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>One agent of GALA that gossips its gradient too: it mixes parameters first, and then steps by the mean of the gradients that came along.</summary>
/// <remarks>Without an adaptive optimiser and clipping that is <see cref="GalaA2C"/>, since x − ηg mixes to the same by parts. With them
/// statistics and clipping are here those of the mean gradient: docs/algorithms/gala.md.</remarks>
/// <param name="rank">0 to n − 1.</param>
/// <param name="learner">The agent's blocks; its optimiser is RMSProp.</param>
/// <param name="gossip">Made of <see cref="GradientGossip"/> of the same exchange.</param>
/// <param name="exchange">The agent's own; disposed with it.</param>
public sealed class GradientGala(int rank, ActorLearner learner, IGossip gossip, GradientExchange exchange) : ActorLearnerAgent(rank, learner, gossip)
{
    private CompletedUpdate _update; // whose exchange is under way
    private LossStatistics _loss; // likewise
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
            _loss = Learner.ComputeGradients(); // G_i

            // After every update, or those that a rule picks: broadcast (x_i, v_i, G_i) without blocking.
            Clock.Enter(Phase.Gossip);
            _update = new CompletedUpdate(Updates + 1, LearningRate, exchange.Begin());
            Gossip.Send(Parameters.Span, _update);
            _isExchanging = true;
            if (!Gossip.HasHeardAll)
            {
                return Turn.Yielded; // while others have their turns, the messages that are missing come
            }
        }

        // If every in-peer's message is there, the means of all three; if one is too far behind, another time.
        if (!Gossip.TryMix(Parameters.Span, _update, out GossipResult result))
        {
            Progress.State = AgentState.Waiting;
            return Turn.Waiting(Gossip.Patience);
        }

        _isExchanging = false;
        Progress.Record(Step(_loss, _update.GradientNorm)); // x_i ← x_i − η G / √v_i
        ParametersChanged();
        return result.Stop ? Turn.Ended : Turn.Done;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            exchange.Dispose();
        }
    }

    private LearningStatistics Step(LossStatistics loss, double gradientNorm)
    {
        LearningStatistics learned = exchange.HasGradient ? Learner.Step(loss, exchange.Sample()) : Learner.Skip(loss, gradientNorm);
        return exchange.IsSound ? learned : learned with { GradientNorm = gradientNorm, IsRefused = true };
    }
}
