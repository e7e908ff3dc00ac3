using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>A dense layer's forward pass in the presets' shapes, and the square product that libraries are measured by.</summary>
[MemoryDiagnoser]
public unsafe class MultiplyRowsBenchmarks
{
    private AlignedBuffer<float> _left = null!;
    private AlignedBuffer<float> _weights = null!;
    private AlignedBuffer<float> _target = null!;
    private PackedMatrix _right = null!;
    private int _leftStride;

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes =>
        [new(480, 480, 256), new(16, 1024, 128), new(80, 1024, 128), new(80, 128, 1024), new(16, 1568, 512), new(80, 1568, 512)];

    [GlobalSetup]
    public void Setup()
    {
        _leftStride = Shape.Inputs % 1024 == 0 ? Shape.Inputs + 16 : Shape.Inputs;
        _left = new AlignedBuffer<float>(Shape.Rows * _leftStride);
        _weights = new AlignedBuffer<float>(Shape.Inputs * Shape.Outputs);
        _target = new AlignedBuffer<float>(Shape.Rows * Shape.Outputs);
        _right = new PackedMatrix(Shape.Inputs, Shape.Outputs);
        _left.Span.Fill(0.5f);
        _weights.Span.Fill(0.25f);
        _right.Pack(_weights.Data, Shape.Outputs);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _left.Dispose();
        _weights.Dispose();
        _target.Dispose();
        _right.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Loops()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int k = 0; k < Shape.Inputs; k++)
            {
                float input = _left.Data[(row * _leftStride) + k];
                for (int output = 0; output < Shape.Outputs; output++)
                {
                    _target.Data[(row * Shape.Outputs) + output] += input * _weights.Data[(k * Shape.Outputs) + output];
                }
            }
        }
    }

    [Benchmark]
    public void Kernel() => Kernels.MultiplyRows(
        Shape.Rows,
        new RowLayout(_left.Data, _leftStride),
        RowSegments.Contiguous(Shape.Inputs),
        _right,
        bias: null,
        float.NegativeInfinity,
        new RowLayout(_target.Data, Shape.Outputs));
}
