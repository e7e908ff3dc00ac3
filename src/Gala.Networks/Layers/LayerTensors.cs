using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gala.Networks;

/// <summary>One layer's tensors in a parameter or gradient vector, which must outlive this view.</summary>
/// <param name="vector">The network's.</param>
/// <param name="first">Index of the layer's first tensor in the vector's layout.</param>
internal readonly unsafe struct LayerTensors(ParameterVector vector, int first)
{
    /// <summary>Start of the layer's tensor <paramref name="index"/>: aligned memory that does not move, readable for a vector past its end.</summary>
    public float* Data(int index) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(vector.Span)) + vector.Layout.Tensors[first + index].Offset;

    /// <summary>The layer's tensor <paramref name="index"/>.</summary>
    public Span<float> Span(int index)
    {
        ParameterTensor tensor = vector.Layout.Tensors[first + index];
        return vector.Span.Slice(tensor.Offset, tensor.Length);
    }

    /// <summary>The layer's tensors from <paramref name="index"/> on: those of a part of it.</summary>
    public LayerTensors From(int index) => new(vector, first + index);
}
