using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← tanh(x), within 2 units in the last place.</summary>
    /// <param name="elements">x, shape [n]; updated.</param>
    /// <remarks>The same bits for every vector width and place in the span. Allocates nothing.</remarks>
    public static void Tanh(Span<float> elements)
    {
        ref float x = ref MemoryMarshal.GetReference(elements);
        int whole = Lanes.Whole(elements.Length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            ElementaryFunctions.Tanh(Vector512.LoadUnsafe(ref x, i)).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < elements.Length; i++)
        {
            elements[i] = ElementaryFunctions.Tanh(Vector512.Create(elements[i])).ToScalar();
        }
    }
}
