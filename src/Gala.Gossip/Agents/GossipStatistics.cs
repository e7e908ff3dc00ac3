namespace Gala.Gossip;

/// <summary>How the gossip of one agent goes. Written by the agent's thread, readable from any other.</summary>
public sealed class GossipStatistics
{
    private long _mixes;
    private long _staleness;
    private long _waits;
    private long _waitedTicks;
    private long _timeOuts;
    private long _refusedMessages;
    private bool _isWaiting;

    /// <summary>Exchanges in which messages of in-peers were mixed in.</summary>
    public long Mixes => Volatile.Read(ref _mixes);

    /// <summary>How many updates behind the oldest message was that was mixed in last; negative if its sender was ahead.</summary>
    public long Staleness => Volatile.Read(ref _staleness);

    /// <summary>Exchanges that had to wait for an in-peer.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Time spent in those waits.</summary>
    public TimeSpan Waited => new(Volatile.Read(ref _waitedTicks));

    /// <summary>Times that an in-peer was given up because nothing came from it within the time-out.</summary>
    public long TimeOuts => Volatile.Read(ref _timeOuts);

    /// <summary>Messages that were not mixed in, since their numbers were not all finite or their headers impossible.</summary>
    public long RefusedMessages => Volatile.Read(ref _refusedMessages);

    /// <summary>Whether the agent is waiting for an in-peer at this moment.</summary>
    public bool IsWaiting => Volatile.Read(ref _isWaiting);

    /// <summary>Takes over another's counters.</summary>
    internal void GoOnFrom(GossipStatistics other)
    {
        Volatile.Write(ref _mixes, other._mixes);
        Volatile.Write(ref _waits, other._waits);
        Volatile.Write(ref _waitedTicks, other._waitedTicks);
        Volatile.Write(ref _timeOuts, other._timeOuts);
        Volatile.Write(ref _refusedMessages, other._refusedMessages);
    }

    internal void CountMix(long staleness)
    {
        Volatile.Write(ref _staleness, staleness);
        Volatile.Write(ref _mixes, _mixes + 1);
    }

    internal void CountTimeOut() => Volatile.Write(ref _timeOuts, _timeOuts + 1);

    internal void CountRefusal() => Volatile.Write(ref _refusedMessages, _refusedMessages + 1);

    internal void StartWaiting()
    {
        Volatile.Write(ref _waits, _waits + 1);
        Volatile.Write(ref _isWaiting, true);
    }

    internal void StopWaiting(TimeSpan waited)
    {
        Volatile.Write(ref _waitedTicks, _waitedTicks + waited.Ticks);
        Volatile.Write(ref _isWaiting, false);
    }
}
