using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The short way through a first convolution for images that are mostly zeros, such as boards of a few pieces.</summary>
/// <remarks>An image goes this way if at most one element in four is not zero. Its bits are those of the long way.</remarks>
internal sealed unsafe class SparseImages
{
    private const int MostNonzeros = 4; // one in so many: beyond it the plain product, which needs no lists, is faster

    private readonly TapTable _taps;
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly int[] _nonzeros;
    private float* _weights; // the network's parameters, which outlive the layer

    public SparseImages(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output)
    {
        _taps = new TapTable(inputShape, spec.Kernel, spec.Stride, spec.Filters);
        (_input, _output) = (input, output);
        _nonzeros = new int[inputShape.Length / MostNonzeros];
    }

    /// <summary>Whether a layer can go this way: it reads observations, and its filters fill whole vectors.</summary>
    public static bool Fit(ConvolutionSpec spec, RowBuffer input) =>
        !input.HasGradients && spec.Filters % SimdWidth.Widest.Lanes == 0;

    /// <summary>Takes note of the weights, shape [kernel, kernel, in, filters].</summary>
    public void Use(float* weights) => _weights = weights;

    /// <summary>Computes a row's outputs if its image is sparse.</summary>
    public bool TryForward(int row, float* bias, float floor)
    {
        int count = Kernels.Nonzeros(Image(row), _nonzeros);
        if (count >= 0)
        {
            Kernels.ConvolveSparse(_input.Values(row), _nonzeros.AsSpan(0, count), _taps, _weights, bias, floor, _output.Values(row));
        }

        return count >= 0;
    }

    /// <summary>Adds a row's share of the weight gradients if its image is sparse.</summary>
    public bool TryAddWeightGradients(int row, float* weightGradients)
    {
        int count = Kernels.Nonzeros(Image(row), _nonzeros);
        if (count >= 0)
        {
            Kernels.AddSparseWeightGradients(_input.Values(row), _nonzeros.AsSpan(0, count), _taps, _output.Gradients(row), weightGradients);
        }

        return count >= 0;
    }

    private ReadOnlySpan<float> Image(int row) => new(_input.Values(row), _input.Length);
}
