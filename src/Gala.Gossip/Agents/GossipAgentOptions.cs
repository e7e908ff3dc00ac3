namespace Gala.Gossip;

/// <summary>When a <see cref="GossipAgent"/> waits, and for how long.</summary>
public sealed record GossipAgentOptions
{
    /// <summary>How many updates an in-peer's last message may be behind before the agent waits; 0 is synchronous gossip, null never waits.</summary>
    public long? MaxStaleness { get; init; }

    /// <summary>Whether exchanges count updates from the agent's first one there. Agents that start together from a
    /// checkpoint may have made different numbers, and nobody is to wait until another has made as many.</summary>
    public bool CountFromFirst { get; init; }

    /// <summary>How long one wait may last before the agent goes on without the silent peers; null waits until cancelled.</summary>
    public TimeSpan? TimeOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of <see cref="TimeOut"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told of every peer that is given up, on the agent's thread.</summary>
    public Action<GossipTimeOut>? TimedOut { get; init; }

    /// <summary>Told of every message that is refused, on the agent's thread.</summary>
    public Action<GossipRefusal>? Refused { get; init; }

    /// <summary>Hears what chance decides in one agent's exchanges; null for nobody.</summary>
    public IGossipRecorder? Recorder { get; init; }

    /// <summary>Script that one agent's exchanges follow, over a <see cref="ReplayTransport"/>; null where chance decides.</summary>
    public IGossipScript? Script { get; init; }
}
