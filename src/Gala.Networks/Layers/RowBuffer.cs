using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A layer's outputs for all rows of a network, and their gradients.</summary>
internal sealed unsafe class RowBuffer : IDisposable
{
    private readonly AlignedBuffer<float> _values;
    private readonly AlignedBuffer<float>? _gradients;
    private readonly int _rows;

    /// <summary>Allocates zeros.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="length">Floats in a row.</param>
    /// <param name="stride">Floats from row to row; <see cref="PaddedStride"/> unless the rows are handed to a caller as one span.</param>
    /// <param name="hasGradients">False for a network's inputs, whose gradients nobody asks for.</param>
    /// <param name="activation">What the values went through last.</param>
    public RowBuffer(int rows, int length, int stride, bool hasGradients, Activation activation = Activation.None)
    {
        (Length, Stride, Activation) = (length, stride, activation);
        _rows = rows;
        _values = new AlignedBuffer<float>(checked(rows * stride));
        _gradients = hasGradients ? new AlignedBuffer<float>(rows * stride) : null;
    }

    /// <summary>Floats in a row.</summary>
    public int Length { get; }

    /// <summary>Floats from row to row.</summary>
    public int Stride { get; }

    /// <summary>Whether the rows have gradients.</summary>
    public bool HasGradients => _gradients is not null;

    /// <summary>What the values went through last. The gradients are those before it.</summary>
    public Activation Activation { get; }

    /// <summary>The activation's derivative, for kernels that apply it to what they compute.</summary>
    public ActivationGradient ActivationGradient => Activation switch
    {
        Activation.Relu => ActivationGradient.Relu,
        Activation.Tanh => ActivationGradient.Tanh,
        _ => ActivationGradient.None,
    };

    /// <summary>Which elements are not zero; null unless the layer that reads the buffer lists them.</summary>
    public NonzeroLists? Nonzeros { get; private set; }

    /// <summary>Whole vectors, and not a multiple of 4 KiB: rows at such distances would all compete for the same few cache lines.</summary>
    public static int PaddedStride(int length)
    {
        const int Vector = 16, Page = 1024;
        int stride = (length + Vector - 1) / Vector * Vector;
        return stride % Page == 0 ? stride + Vector : stride;
    }

    /// <summary>Start of a row. Owned by this buffer.</summary>
    public float* Values(int row) => _values.Data + ((nint)row * Stride);

    /// <summary>Start of a row's gradients. Owned by this buffer.</summary>
    public float* Gradients(int row) => _gradients!.Data + ((nint)row * Stride);

    /// <summary>Makes room for lists of nonzero elements, which the caller keeps.</summary>
    /// <remarks>Of inputs only sparse rows are of use; of features also those that are half zeros, for their gradients.</remarks>
    public NonzeroLists KeepNonzeros() => Nonzeros ??= new NonzeroLists(_rows, Length, listedOneIn: HasGradients ? 2 : 4);

    /// <summary>Rows together with the floats between them.</summary>
    public Span<float> ValueSpan(int firstRow, int rows) => _values.Span.Slice(firstRow * Stride, rows * Stride);

    /// <summary>Gradients of rows together with the floats between them.</summary>
    public Span<float> GradientSpan(int firstRow, int rows) => _gradients!.Span.Slice(firstRow * Stride, rows * Stride);

    /// <summary>Applies the activation to values that a kernel could not apply it to; kernels rectify by themselves.</summary>
    public void Activate(int firstRow, int rows)
    {
        if (Activation == Activation.Tanh)
        {
            Kernels.Tanh(ValueSpan(firstRow, rows));
        }
    }

    /// <summary>Takes gradients from behind the activation to before it.</summary>
    public void PassActivation(int firstRow, int rows)
    {
        switch (Activation)
        {
            case Activation.Relu:
                Kernels.MultiplyByReluGradient(ValueSpan(firstRow, rows), GradientSpan(firstRow, rows));
                break;
            case Activation.Tanh:
                Kernels.MultiplyByTanhGradient(ValueSpan(firstRow, rows), GradientSpan(firstRow, rows));
                break;
            default:
                break;
        }
    }

    public void Dispose()
    {
        Nonzeros?.Dispose();
        _values.Dispose();
        _gradients?.Dispose();
    }
}
