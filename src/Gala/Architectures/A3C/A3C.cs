using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>One worker of A3C: acts and differentiates on a snapshot, and applies its gradients to the shared parameters without a lock.</summary>
/// <remarks>Source: Mnih et al. 2016, arXiv 1602.01783, algorithm S3, with shared RMSProp. Where ours differs: docs/algorithms/a3c.md.</remarks>
/// <param name="rank">0 to K − 1.</param>
/// <param name="learner">The worker's blocks; its network is the snapshot, its optimiser's statistics are shared.</param>
/// <param name="shared">What all workers learn.</param>
public sealed class A3C(int rank, ActorLearner learner, SharedParameters shared) : ActorLearnerAgent(rank, learner, new NoGossip())
{
    /// <inheritdoc />
    public override ParameterVector Parameters => shared.Vector;

    /// <inheritdoc />
    public override double LearningRate => shared.LearningRate;

    /// <inheritdoc />
    public override bool IsDispensable => true;

    /// <inheritdoc />
    public override Turn TakeTurn(CancellationToken abort)
    {
        Progress.State = AgentState.Acting;
        long version = shared.Version; // before the copy, so that what others change during it counts as lag
        Parameters.Span.CopyTo(Learner.Network.Parameters.Span); // θ' ← θ
        Learner.Network.ParametersChanged();
        Learner.Collect(); // T steps of N simulators with π(θ')

        Progress.State = AgentState.Learning;
        LossStatistics loss = Learner.ComputeGradients(); // g at θ'
        Progress.Record(Learner.Step(loss, Parameters.Span, LearningRate)); // s ← αs + (1 − α)g², θ ← θ − η g / √(s + ε), while others do the same
        shared.CountUpdate(since: version);
        return Gossip.Exchange(Parameters.Span, Updates, abort).Stop ? Turn.Ended : Turn.Done; // exchanges nothing, but knows of a stop
    }

    /// <inheritdoc />
    public override void LoadState(BinaryReader reader)
    {
        long before = Updates;
        base.LoadState(reader);
        shared.RestoreUpdates(Updates - before);
    }
}
