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
    /// <inheritdoc />
    public override bool IsDispensable => Gossip.IsDispensable;

    /// <inheritdoc />
    public override bool Iterate(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect(); // T steps of N simulators with π(x_i)

        Progress.State = AgentState.Learning;
        LossStatistics loss = Learner.ComputeGradients(); // G_i
        Clock.Enter(Phase.Gossip);
        double gradientNorm = exchange.Begin();
        // After every update, or those that a rule picks: broadcast (x_i, v_i, G_i) without blocking; if every in-peer's message is there, take
        // the means of all three.
        CompletedUpdate update = new(Updates + 1, LearningRate, gradientNorm);
        GossipResult result = Gossip.Exchange(Parameters.Span, update, abort);
        Progress.Record(Step(loss, gradientNorm)); // x_i ← x_i − η G / √v_i
        ParametersChanged();
        return !result.Stop;
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
