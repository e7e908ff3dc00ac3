namespace Gala.Architectures;

/// <summary>What runs on a thread of its own: an actor-learner with its way to agree with others.</summary>
public interface IAgent : IDisposable
{
    /// <summary>0 to n − 1.</summary>
    int Rank { get; }

    /// <summary>The blocks it is made of.</summary>
    ActorLearner Learner { get; }

    /// <summary>What other threads may read of it while it runs.</summary>
    AgentProgress Progress { get; }

    /// <summary>One update: act, learn, agree.</summary>
    /// <param name="stop">Ends waiting for other agents.</param>
    /// <returns>Whether the agent is to go on: false when all agents have agreed to stop after this update.</returns>
    bool Iterate(CancellationToken stop);
}
