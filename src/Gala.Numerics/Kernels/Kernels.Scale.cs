using System.Runtime.InteropServices;

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
        for (int i = 0; i < vector.Length; i += Lanes.Count)
        {
            Lanes.Store(Lanes.Load(in x, i, vector.Length) * factor, ref x, i, vector.Length);
        }
    }
}
