namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← 1 / (1 + e⁻ˣ), within 3 units in the last place.</summary>
    /// <param name="elements">x, shape [n]; updated.</param>
    /// <remarks>The same bits for every vector width and place in the span. Allocates nothing.</remarks>
    public static void Sigmoid(Span<float> elements)
    {
        int whole = Lanes.Whole(elements.Length);
        for (int i = 0; i < whole; i += Lanes.Count)
        {
            Lanes.Store(ElementaryFunctions.Sigmoid(Lanes.Load(elements, i, partial: false)), elements, i, partial: false);
        }

        if (whole < elements.Length)
        {
            Lanes.Store(ElementaryFunctions.Sigmoid(Lanes.Load(elements, whole, partial: true)), elements, whole, partial: true);
        }
    }
}
