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
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public bool Iterate(CancellationToken stop)
    {
        Progress.State = AgentState.Acting;
        Learner.Collect();

        Progress.State = AgentState.Learning;
        Progress.Record(Learner.Learn());
        Learner.Network.ParametersChanged();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => Learner.Dispose();
}
