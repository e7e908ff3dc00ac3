using Gala.Architectures;

namespace Gala.Runs;

/// <summary>How one agent stands, or a worker that helps agents.</summary>
public sealed record AgentReport
{
    /// <summary>0 to n − 1; of helpers, n and more.</summary>
    public required int Rank { get; init; }

    /// <summary>What the worker is called, if not by its rank.</summary>
    public string? Name { get; init; }

    /// <summary>What the agent is doing.</summary>
    public required AgentState State { get; init; }

    /// <summary>Updates done; of a helper, turns.</summary>
    public required long Updates { get; init; }

    /// <summary>Those of them that were left out because their gradients were not finite.</summary>
    public long RefusedUpdates { get; init; }

    /// <summary>Messages of in-peers that were refused in this session, since their numbers were not all finite or their headers impossible.</summary>
    public long RefusedMessages { get; init; }

    /// <summary>Frames per second since the last report.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Mean return of the agent's own last 100 episodes, null before the first.</summary>
    public double? MeanReturn100 { get; init; }

    /// <summary>Entropy of the policy at the last update, in nats.</summary>
    public double Entropy { get; init; }

    /// <summary>Euclidean distance of the parameters from the agents' mean; not a number for one that failed, which the mean leaves out.</summary>
    public double DistanceToMean { get; init; }

    /// <summary>Updates after which messages of the in-peers were mixed in.</summary>
    public long Mixes { get; init; }

    /// <summary>Share of the exchanges of this session in which messages of the in-peers were mixed in; null before the first.</summary>
    public double? MixShare { get; init; }

    /// <summary>How many updates behind the oldest message of a mix was, on average in this session; 0 for one whose senders were ahead; null before
    /// the first mix.</summary>
    public double? Staleness { get; init; }

    /// <summary>The same of all but one in a hundred mixes at most.</summary>
    public long? Staleness99 { get; init; }

    /// <summary>Share of the mixes of this session whose messages were all of later updates than the agent's own; null before the first mix.</summary>
    public double? AheadShare { get; init; }
}
