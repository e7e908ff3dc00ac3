using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>What runs on a thread of its own: an actor-learner with its way to agree with others.</summary>
public interface IAgent : IDisposable
{
    /// <summary>0 to n − 1.</summary>
    int Rank { get; }

    /// <summary>The blocks it is made of.</summary>
    ActorLearner Learner { get; }

    /// <summary>How it agrees with others.</summary>
    IGossip Gossip { get; }

    /// <summary>What other threads may read of it while it runs.</summary>
    AgentProgress Progress { get; }

    /// <summary>One update: act, learn, agree.</summary>
    /// <param name="abort">Ends waiting for other agents.</param>
    /// <returns>Whether the agent is to go on: false once it, or in lock-step all of them, was asked to stop.</returns>
    /// <exception cref="OperationCanceledException">Aborted while waiting.</exception>
    bool Iterate(CancellationToken abort);
}
