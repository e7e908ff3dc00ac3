using Gala.Environments;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>A worker that learns: a turn that is done is one update of the parameters.</summary>
/// <remarks>Its state, <see cref="IResumable"/>, is all that it needs to go on beside parameters and optimiser: simulators, random
/// streams, counters. It is saved between two turns on the worker's own thread, or when all workers have ended.</remarks>
public interface IAgent : IWorker, IResumable
{
    /// <summary>0 to n − 1.</summary>
    int Rank { get; }

    /// <summary>θ, which others may share.</summary>
    ParameterVector Parameters { get; }

    /// <summary>The optimiser of <see cref="Parameters"/>.</summary>
    IOptimizer Optimizer { get; }

    /// <summary>Updates done.</summary>
    long Updates { get; }

    /// <summary>η of the next update.</summary>
    double LearningRate { get; }

    /// <summary>How it agrees with others.</summary>
    IGossip Gossip { get; }

    /// <summary>Says how many updates the agent is likely to have made when the run ends: more than its share where it takes over
    /// another's work, so that a rate which falls to 0 gets there with the run. Any thread, while it runs.</summary>
    void ExpectUpdates(long updates)
    {
    }

    /// <summary>To be called after <see cref="Parameters"/> were written from outside.</summary>
    void ParametersChanged();
}
