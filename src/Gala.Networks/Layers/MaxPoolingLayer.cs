using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The largest value of each window, and which pixel it came from.</summary>
internal sealed unsafe class MaxPoolingLayer : Layer
{
    private readonly PoolingWindows _windows;
    private readonly AlignedBuffer<int> _winners;

    public MaxPoolingLayer(PoolingWindows windows, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, windows.Output.Length, RowBuffer.PaddedStride(windows.Output.Length), hasGradients: true))
    {
        _windows = windows;
        _winners = new AlignedBuffer<int>(checked(capacity * windows.Output.Length));
    }

    public override void Forward(int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.MaxPool(Input.Values(row), _windows, Output.Values(row), Winners(row));
        }
    }

    public override void SetInputGradients(int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            new Span<float>(Input.Gradients(row), Input.Length).Clear();
            Kernels.AddMaxPoolGradients(Output.Gradients(row), Winners(row), _windows, Input.Gradients(row));
        }

        Input.PassActivation(firstRow, rows);
    }

    protected override void DisposeWeights() => _winners.Dispose();

    private int* Winners(int row) => _winners.Data + ((nint)row * Output.Length);
}
