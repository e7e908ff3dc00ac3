using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The gradient of a dense layer's weights in the presets' shapes.</summary>
[MemoryDiagnoser]
public unsafe class AddOuterProductsBenchmarks
{
    private AlignedBuffer<float> _inputs = null!;
    private AlignedBuffer<float> _gradients = null!;
    private AlignedBuffer<float> _target = null!;
    private AlignedBuffer<int> _inputOffsets = null!;
    private AlignedBuffer<int> _gradientOffsets = null!;

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(80, 1024, 128), new(80, 1568, 512), new(80, 64, 64)];

    [GlobalSetup]
    public void Setup()
    {
        int inputStride = Shape.Inputs % 1024 == 0 ? Shape.Inputs + 16 : Shape.Inputs;
        _inputs = new AlignedBuffer<float>(Shape.Rows * inputStride);
        _gradients = new AlignedBuffer<float>(Shape.Rows * Shape.Outputs);
        _target = new AlignedBuffer<float>(Shape.Inputs * Shape.Outputs);
        _inputOffsets = new AlignedBuffer<int>(Shape.Rows);
        _gradientOffsets = new AlignedBuffer<int>(Shape.Rows);
        _inputs.Span.Fill(0.5f);
        _gradients.Span.Fill(1e-3f);
        for (int row = 0; row < Shape.Rows; row++)
        {
            (_inputOffsets.Span[row], _gradientOffsets.Span[row]) = (row * inputStride, row * Shape.Outputs);
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _inputs.Dispose();
        _gradients.Dispose();
        _target.Dispose();
        _inputOffsets.Dispose();
        _gradientOffsets.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Loops()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int k = 0; k < Shape.Inputs; k++)
            {
                float input = _inputs.Data[_inputOffsets.Data[row] + k];
                for (int output = 0; output < Shape.Outputs; output++)
                {
                    _target.Data[(k * Shape.Outputs) + output] += input * _gradients.Data[_gradientOffsets.Data[row] + output];
                }
            }
        }
    }

    [Benchmark]
    public void Kernel() => Kernels.AddOuterProducts(
        Shape.Rows, _inputs.Data, _inputOffsets.Data, Shape.Inputs, _gradients.Data, _gradientOffsets.Data, Shape.Outputs, _target.Data);
}
