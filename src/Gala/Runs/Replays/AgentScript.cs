using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>What was decided for one agent in one session, as it is read again.</summary>
internal sealed class AgentScript(byte[] bytes) : IGossipScript, IShares
{
    private int _position; // of the next decision
    private int _after; // of the one after it
    private long _exchange = 1; // under way
    private long _expected;

    /// <summary>Whether exchanges are left that were begun.</summary>
    public bool HasMore
    {
        get
        {
            AgentScript copy = new(bytes) { _position = _position, _exchange = _exchange };
            while (copy.TryReadShare(out _, out _))
            {
            }

            return copy.Next is not null;
        }
    }

    /// <inheritdoc />
    public GossipEvent? Next
    {
        get
        {
            _after = _position;
            if (!Decision.TryRead(bytes, ref _after, out int kind, out int peer) || kind == Decision.Share)
            {
                return null;
            }

            if (kind != (int)GossipEventKind.Took)
            {
                return new GossipEvent((GossipEventKind)kind, peer);
            }

            return Decision.TryReadSigned(bytes, ref _after, out long behind) ? new GossipEvent(GossipEventKind.Took, peer, _exchange - behind) : null;
        }
    }

    /// <inheritdoc />
    public void Advance()
    {
        if (Next is { } next)
        {
            _position = _after;
            _exchange += next.Kind == GossipEventKind.Over ? 1 : 0;
        }
    }

    /// <inheritdoc />
    public long At(long updates, long expected)
    {
        int before = _position;
        if (TryReadShare(out long at, out long share))
        {
            if (at == updates)
            {
                _expected = share;
            }
            else
            {
                _position = before;
            }
        }

        return _expected;
    }

    /// <summary>Iterations of the messages of one in-peer that were taken, in their order. A reader of its own.</summary>
    public IEnumerable<long> TakenFrom(int inPeer)
    {
        AgentScript copy = new(bytes);
        while (true)
        {
            while (copy.TryReadShare(out _, out _))
            {
            }

            if (copy.Next is not { } next)
            {
                yield break;
            }

            if (next.Kind == GossipEventKind.Took && next.Peer == inPeer)
            {
                yield return next.Iteration;
            }

            copy.Advance();
        }
    }

    private bool TryReadShare(out long updates, out long expected)
    {
        int position = _position;
        (updates, expected) = (0, 0);
        if (!Decision.TryRead(bytes, ref position, out int kind, out _) || kind != Decision.Share
            || !Decision.TryReadNumber(bytes, ref position, out ulong at)
            || !Decision.TryReadNumber(bytes, ref position, out ulong share))
        {
            return false;
        }

        (_position, updates, expected) = (position, (long)at, (long)share);
        return true;
    }
}
