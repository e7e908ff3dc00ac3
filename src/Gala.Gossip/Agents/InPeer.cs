namespace Gala.Gossip;

/// <summary>What an agent knows of one in-peer.</summary>
internal struct InPeer
{
    public long LastIteration;
    public bool HasMessage; // taken from the transport and not mixed in yet
    public bool IsRefused; // what was taken last may not be mixed; the next mix goes without it
    public bool IsAbsent; // left, or silent for too long
}
