using System.Runtime.InteropServices;

namespace Gala.Gossip;

/// <summary>What stands before the parameters in a <see cref="Mailbox"/>, and travels with them from machine to machine.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct MessageHeader
{
    /// <summary>Bytes: a cache line, so that the parameters are aligned as well.</summary>
    public const int Length = 64;

    /// <summary>The sender's update.</summary>
    public long Iteration;

    /// <summary>Push-sum's share.</summary>
    public double Weight;

    /// <summary>Not 0: the sender has left; no parameters follow.</summary>
    public int IsFarewell;
}
