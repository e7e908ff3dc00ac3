using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The short way through a first convolution for images that are mostly zeros, such as boards of a few pieces.</summary>
/// <remarks>An image that goes this way has the same outputs and gradients, bit for bit, as on the long way.</remarks>
internal sealed unsafe class SparseImages
{
    private readonly TapTable _taps;
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly Nonzeros _nonzeros;
    private float* _weights; // the network's parameters, which outlive the layer

    public SparseImages(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output)
    {
        _taps = new TapTable(inputShape, spec.Kernel, spec.Stride, spec.Filters);
        (_input, _output) = (input, output);
        _nonzeros = new Nonzeros(inputShape.Length);
    }

    /// <summary>Whether a layer can go this way: it reads observations, and its filters fill whole vectors.</summary>
    public static bool Fit(ConvolutionSpec spec, RowBuffer input) =>
        !input.HasGradients && spec.Filters % SimdWidth.Widest.Lanes == 0;

    /// <summary>Takes note of the weights, shape [kernel, kernel, in, filters].</summary>
    public void Use(float* weights) => _weights = weights;

    /// <summary>Whether a row's image is sparse; the passes below are for the row asked about last.</summary>
    public bool Takes(int row) => _nonzeros.AreFew(_input.Row(row));

    /// <summary>Computes a row's outputs.</summary>
    public void Forward(int row, float* bias, float floor) =>
        Kernels.ConvolveSparse(_input.Values(row), _nonzeros.Found, _taps, _weights, bias, floor, _output.Values(row));

    /// <summary>Adds a row's share of the weight gradients.</summary>
    public void AddWeightGradients(int row, float* weightGradients) =>
        Kernels.AddSparseWeightGradients(_input.Values(row), _nonzeros.Found, _taps, _output.Gradients(row), weightGradients);
}
