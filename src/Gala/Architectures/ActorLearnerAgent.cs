using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>An agent that acts and learns by itself, and agrees with others by an exchange in each update.</summary>
/// <param name="rank">0 to n − 1.</param>
/// <param name="learner">The blocks it is made of; disposed with it.</param>
/// <param name="gossip">How it agrees with others.</param>
public abstract class ActorLearnerAgent(int rank, ActorLearner learner, IGossip gossip) : IAgent
{
    /// <inheritdoc />
    public int Rank { get; } = rank;

    /// <inheritdoc />
    public string Name { get; } = $"agent {rank}";

    /// <summary>The blocks it is made of.</summary>
    public ActorLearner Learner { get; } = learner;

    /// <inheritdoc />
    public IGossip Gossip { get; } = gossip;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public PhaseClock Clock => Learner.Clock;

    /// <inheritdoc />
    public SimulatorBatch Simulators => Learner.Simulators;

    /// <inheritdoc />
    public virtual ParameterVector Parameters => Learner.Network.Parameters;

    /// <inheritdoc />
    public virtual IOptimizer Optimizer => Learner.Optimizer;

    /// <inheritdoc />
    public long Updates => Learner.Updates;

    /// <inheritdoc />
    public virtual double LearningRate => Learner.LearningRate;

    /// <inheritdoc />
    public virtual bool IsDispensable => false;

    /// <inheritdoc />
    public bool HasHeardAll => Gossip.HasHeardAll;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => Gossip.WakeUp = value;
    }

    /// <inheritdoc />
    public abstract Turn TakeTurn(CancellationToken abort);

    /// <inheritdoc />
    public void ParametersChanged() => Learner.Network.ParametersChanged();

    /// <inheritdoc />
    public void ExpectUpdates(long updates) => Learner.ExpectUpdates(updates);

    /// <inheritdoc />
    public void RequestStop() => Gossip.RequestStop();

    /// <inheritdoc />
    public void Leave() => Gossip.Leave();

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        Learner.SaveState(writer);
        Gossip.SaveState(writer);
    }

    /// <inheritdoc />
    public virtual void LoadState(BinaryReader reader)
    {
        Learner.LoadState(reader);
        Gossip.LoadState(reader);
        Gossip.GoOnAfter(Updates);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes what the agent owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Learner.Dispose();
        }
    }
}
