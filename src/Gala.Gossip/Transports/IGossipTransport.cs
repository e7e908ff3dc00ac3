namespace Gala.Gossip;

/// <summary>How parameters get from agent to agent: mailboxes in shared memory, another machine, or a network under a test's control.</summary>
public interface IGossipTransport : IDisposable
{
    /// <summary>Who sends to whom.</summary>
    Topology Topology { get; }

    /// <summary>Elements of every message.</summary>
    int ParameterCount { get; }

    /// <summary>Whether each message is either received exactly once or given back by <see cref="IGossipEndpoint.Replaced"/>, as push-sum needs.</summary>
    bool KeepsEveryWeight { get; }

    /// <summary>The end of one agent, always the same object; to be used by that agent's thread alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such agent on this side of the transport.</exception>
    IGossipEndpoint Endpoint(int rank);

    /// <summary>Takes the agents of this process out of the gossip: nobody waits for them any more. What they may still read and write stays in memory
    /// until the transport is disposed, which closes it first. For a process that ends while the thread of an agent hangs.</summary>
    void Close()
    {
    }
}
