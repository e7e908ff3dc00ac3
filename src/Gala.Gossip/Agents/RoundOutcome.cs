namespace Gala.Gossip;

/// <summary>How a round of lock-step gossip ended, the same for all its agents.</summary>
internal enum RoundOutcome
{
    /// <summary>All agents have published.</summary>
    Complete,

    /// <summary>All agents have published, and all are to stop after this round.</summary>
    CompleteAndStop,

    /// <summary>An agent left before the round was complete.</summary>
    Broken,
}
