using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Parameters as bytes in a message.</summary>
internal static class MessagePayload
{
    /// <summary>Bytes of a message's parameters.</summary>
    public static int Length(int parameters, MessageFormat format) =>
        checked(parameters * (format == MessageFormat.BFloat16 ? sizeof(ushort) : sizeof(float)));

    /// <summary>Writes parameters.</summary>
    public static void Write(ReadOnlySpan<float> parameters, Span<byte> payload, MessageFormat format)
    {
        if (format == MessageFormat.BFloat16)
        {
            Kernels.Round(parameters, MemoryMarshal.Cast<byte, BFloat16>(payload));
        }
        else
        {
            parameters.CopyTo(MemoryMarshal.Cast<byte, float>(payload));
        }
    }

    /// <summary>The message, in place.</summary>
    public static GossipMessage Read(ReadOnlySpan<byte> payload, MessageFormat format, long iteration, double weight) =>
        format == MessageFormat.BFloat16
            ? new GossipMessage(MemoryMarshal.Cast<byte, BFloat16>(payload), iteration, weight)
            : new GossipMessage(MemoryMarshal.Cast<byte, float>(payload), iteration, weight);
}
