using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← cx.</summary>
    /// <param name="vector">x, any length; updated.</param>
    /// <param name="factor">c.</param>
    /// <remarks>The same bits for every vector width. Allocates nothing.</remarks>
    public static void Scale(Span<float> vector, float factor)
    {
        ref float x = ref MemoryMarshal.GetReference(vector);
        int whole = Lanes.Whole(vector.Length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            (Vector512.LoadUnsafe(ref x, i) * factor).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }
}
