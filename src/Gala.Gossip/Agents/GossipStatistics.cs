namespace Gala.Gossip;

/// <summary>How the gossip of one agent goes. Written by the agent's thread, readable from any other.</summary>
public sealed class GossipStatistics
{
    private const int MostCounted = 255; // updates behind that are counted apart; above, all together

    private readonly long[] _behind = new long[MostCounted + 1]; // mixes, by how many updates behind the oldest message was
    private long _mixes;
    private long _exchanges;
    private long _ahead;
    private long _sumBehind;
    private long _offset;
    private long _waits;
    private long _waitedTicks;
    private long _timeOuts;
    private long _refusedMessages;
    private bool _isWaiting;

    /// <summary>Exchanges in which messages of in-peers were mixed in.</summary>
    public long Mixes => Volatile.Read(ref _mixes);

    /// <summary>Exchanges, with and without a mix.</summary>
    public long Exchanges => Volatile.Read(ref _exchanges);

    /// <summary>Share of the exchanges in which messages of in-peers were mixed in; null before the first.</summary>
    public double? MixShare => Exchanges is > 0 and long exchanges ? Math.Min(1, (double)Mixes / exchanges) : null;

    /// <summary>How many updates behind the oldest message was that was mixed in last; 0 also if its sender was ahead.</summary>
    public long Staleness => Math.Max(0, Offset);

    /// <summary>Mean of that over the mixes of this session; null before the first.</summary>
    public double? MeanStaleness => CountOfSession is > 0 and long mixes ? (double)Volatile.Read(ref _sumBehind) / mixes : null;

    /// <summary>Share of the mixes of this session whose messages were all of later updates than the agent's own; null before the first.</summary>
    public double? AheadShare => CountOfSession is > 0 and long mixes ? (double)Volatile.Read(ref _ahead) / mixes : null;

    /// <summary>The same as <see cref="Staleness"/>, negative if the sender was ahead.</summary>
    public long Offset => Volatile.Read(ref _offset);

    private long CountOfSession
    {
        get
        {
            long count = 0;
            foreach (ref long mixes in _behind.AsSpan())
            {
                count += Volatile.Read(ref mixes);
            }

            return count;
        }
    }

    /// <summary>The staleness that no more than a share of the mixes of this session exceeds; null before the first. Above 255 it is 255.</summary>
    /// <param name="share">Such as 0.99.</param>
    public long? StalenessAt(double share)
    {
        long left = (long)Math.Ceiling(share * CountOfSession);
        for (int behind = 0; left > 0 && behind <= MostCounted; behind++)
        {
            left -= Volatile.Read(ref _behind[behind]);
            if (left <= 0)
            {
                return behind;
            }
        }

        return null;
    }

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
        other._behind.CopyTo(_behind, 0);
        Volatile.Write(ref _sumBehind, other._sumBehind);
        Volatile.Write(ref _ahead, other._ahead);
        Volatile.Write(ref _exchanges, other._exchanges);
        Volatile.Write(ref _mixes, other._mixes);
        Volatile.Write(ref _waits, other._waits);
        Volatile.Write(ref _waitedTicks, other._waitedTicks);
        Volatile.Write(ref _timeOuts, other._timeOuts);
        Volatile.Write(ref _refusedMessages, other._refusedMessages);
    }

    internal void CountMix(long staleness)
    {
        long behind = Math.Max(0, staleness);
        ref long count = ref _behind[Math.Min(behind, MostCounted)];
        Volatile.Write(ref count, count + 1);
        Volatile.Write(ref _sumBehind, _sumBehind + behind);
        Volatile.Write(ref _ahead, _ahead + (staleness < 0 ? 1 : 0));
        Volatile.Write(ref _offset, staleness);
        Volatile.Write(ref _mixes, _mixes + 1);
    }

    internal void CountExchange() => Volatile.Write(ref _exchanges, _exchanges + 1);

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
