using System.Numerics;
using System.Runtime.InteropServices;

namespace Gala.Gossip;

/// <summary>Sums and quotients of parameter vectors. No fused multiply-add and no reduction, so every SIMD width gives the same bits.</summary>
internal static class Mixing
{
    /// <summary>x ← x + m, all of shape [P].</summary>
    public static void Add(Span<float> parameters, ReadOnlySpan<float> message)
    {
        ThrowIfLengthsDiffer(parameters, message);
        ref float x = ref MemoryMarshal.GetReference(parameters);
        ref float m = ref MemoryMarshal.GetReference(message);
        nuint i = 0, width = (nuint)Vector<float>.Count, length = (nuint)parameters.Length;
        for (; i + width <= length; i += width)
        {
            (Vector.LoadUnsafe(ref x, i) + Vector.LoadUnsafe(ref m, i)).StoreUnsafe(ref x, i);
        }

        for (int j = (int)i; j < parameters.Length; j++)
        {
            parameters[j] += message[j];
        }
    }

    /// <summary>x ← (x + m) / count, all of shape [P]; the last step of an average in one pass over the memory.</summary>
    public static void AddAndDivide(Span<float> parameters, ReadOnlySpan<float> message, int count)
    {
        ThrowIfLengthsDiffer(parameters, message);
        Vector<float> divisor = new(count);
        ref float x = ref MemoryMarshal.GetReference(parameters);
        ref float m = ref MemoryMarshal.GetReference(message);
        nuint i = 0, width = (nuint)Vector<float>.Count, length = (nuint)parameters.Length;
        for (; i + width <= length; i += width)
        {
            ((Vector.LoadUnsafe(ref x, i) + Vector.LoadUnsafe(ref m, i)) / divisor).StoreUnsafe(ref x, i);
        }

        for (int j = (int)i; j < parameters.Length; j++)
        {
            parameters[j] = (parameters[j] + message[j]) / count;
        }
    }

    private static void ThrowIfLengthsDiffer(ReadOnlySpan<float> parameters, ReadOnlySpan<float> message)
    {
        if (parameters.Length != message.Length)
        {
            throw new ArgumentException($"Parameters of length {parameters.Length} and a message of length {message.Length} do not mix.", nameof(message));
        }
    }
}
