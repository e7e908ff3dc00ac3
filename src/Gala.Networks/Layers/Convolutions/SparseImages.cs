using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The short way through a first convolution for images that are mostly zeros, such as boards of a few pieces.</summary>
/// <remarks>An image that goes this way has the same outputs and gradients, bit for bit, as on the long way.</remarks>
internal sealed unsafe class SparseImages
{
    private readonly TapTable _taps;
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly NonzeroLists _nonzeros;
    private float* _weights; // the network's parameters, which outlive the layer

    public SparseImages(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output)
    {
        _taps = new TapTable(inputShape, spec.Kernel, spec.Stride, spec.Filters);
        (_input, _output) = (input, output);
        _nonzeros = input.KeepNonzeros();
    }

    /// <summary>Whether a layer can go this way: it reads observations, and its filters fill whole vectors.</summary>
    public static bool Fit(ConvolutionSpec spec, RowBuffer input) =>
        !input.HasGradients && spec.Filters % SimdWidth.Widest.Lanes == 0;

    /// <summary>Takes note of the weights, shape [kernel, kernel, in, filters].</summary>
    public void Use(float* weights) => _weights = weights;

    /// <summary>Looks at a row's image.</summary>
    public void Look(int row) => _nonzeros.List(row, _input.Values(row));

    /// <summary>Whether a row's image was sparse when looked at.</summary>
    public bool Takes(int row) => _nonzeros.IsSparse(row);

    /// <summary>Computes a row's outputs.</summary>
    public void Forward(int row, float* bias, float floor) =>
        Kernels.ConvolveSparse(_input.Values(row), _nonzeros.Of(row), _taps, _weights, bias, floor, _output.Values(row));

    /// <summary>Adds a row's share of the weight gradients.</summary>
    public void AddWeightGradients(int row, float* weightGradients) =>
        Kernels.AddSparseWeightGradients(_input.Values(row), _nonzeros.Of(row), _taps, _output.Gradients(row), weightGradients);
}
