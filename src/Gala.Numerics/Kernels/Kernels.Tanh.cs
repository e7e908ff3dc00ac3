using System.Runtime.InteropServices;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← tanh(x), within 2 units in the last place.</summary>
    /// <param name="elements">x, shape [n]; updated.</param>
    /// <remarks>The same bits for every vector width and place in the span. Allocates nothing.</remarks>
    public static void Tanh(Span<float> elements)
    {
        int length = elements.Length;
        ref float x = ref MemoryMarshal.GetReference(elements);
        for (int i = 0; i < length; i += Lanes.Count)
        {
            Lanes.Store(ElementaryFunctions.Tanh(Lanes.Load(in x, i, length)), ref x, i, length);
        }
    }
}
