using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The short way through a first convolution for images that are mostly zeros, such as boards of a few pieces.</summary>
/// <remarks>An image that goes this way has the outputs of the product of patches, bit for bit.</remarks>
internal sealed unsafe class SparseImages : IDisposable
{
    private readonly TapTable _taps;
    private readonly TapTable[] _shares; // of the taps, for threads that sum gradients side by side
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly NonzeroLists _nonzeros;
    private readonly AlignedBuffer<float> _weights;
    private readonly AlignedBuffer<float> _weightGradients;

    public SparseImages(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output, int threads)
    {
        _taps = new TapTable(inputShape, spec.Kernel, spec.Stride, spec.Filters);
        _shares = [.. Enumerable.Range(0, threads).Select(i => new TapTable(inputShape, spec.Kernel, spec.Stride, spec.Filters, new Share(i, threads)))];
        (_input, _output) = (input, output);
        _nonzeros = input.KeepNonzeros();
        _weights = new AlignedBuffer<float>(_taps.WeightLength);
        _weightGradients = new AlignedBuffer<float>(_taps.WeightLength);
    }

    /// <summary>Whether a layer can go this way: it reads observations, and its filters fill whole vectors.</summary>
    public static bool Fit(ConvolutionSpec spec, RowBuffer input) =>
        !input.HasGradients && spec.Filters % SimdWidth.Widest.Lanes == 0;

    /// <summary>Takes up weights, shape [kernel, kernel, in, filters].</summary>
    public void Use(float* weights) => _taps.LayOut(weights, _weights.Data);

    /// <summary>Looks at a row's image.</summary>
    public void Look(int row) => _nonzeros.List(row, _input.Values(row));

    /// <summary>Whether a row's image was sparse when looked at.</summary>
    public bool Takes(int row) => _nonzeros.IsSparse(row);

    /// <summary>Computes a row's outputs.</summary>
    public void Forward(int row, float* bias, float floor) =>
        Kernels.ConvolveSparse(_input.Values(row), _nonzeros.Of(row), _taps, _weights.Data, bias, floor, _output.Values(row));

    /// <summary>Takes in what a row contributes to the gradients of a share of the weights.</summary>
    public void AddWeightGradients(int row, Share share) =>
        Kernels.AddSparseWeightGradients(_input.Values(row), _nonzeros.Of(row), Taps(share), _output.Gradients(row), _weightGradients.Data);

    /// <summary>Adds what all rows contributed to the weights' gradients.</summary>
    public void FinishWeightGradients(float* weightGradients)
    {
        _taps.AddBack(_weightGradients.Data, weightGradients);
        _weightGradients.Span.Clear();
    }

    public void Dispose()
    {
        _weights.Dispose();
        _weightGradients.Dispose();
    }

    private TapTable Taps(Share share) => share == Share.Whole ? _taps : _shares[share.Index];
}
