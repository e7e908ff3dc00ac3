using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← x + w (y − x): a weighted mean that leaves equal vectors as they are, bit for bit.</summary>
    /// <param name="parameters">x, shape [P]; updated.</param>
    /// <param name="received">y, shape [P].</param>
    /// <param name="weight">w of the received vector, in [0, 1]; x keeps 1 − w.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Three operations, each rounded: the same bits for every vector width. Allocates nothing. The spans must not
    /// overlap.</remarks>
    public static void MixInto(Span<float> parameters, ReadOnlySpan<float> received, float weight)
    {
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, received.Length, nameof(received));
        ref float x = ref MemoryMarshal.GetReference(parameters);
        ref float y = ref MemoryMarshal.GetReference(received);
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Vector512<float> own = Vector512.LoadUnsafe(ref x, i);
            (own + ((Vector512.LoadUnsafe(ref y, i) - own) * weight)).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < length; i++)
        {
            parameters[i] += (received[i] - parameters[i]) * weight;
        }
    }
}
