using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The gradient of biases: a dense layer's over 80 rows, a convolution's over all its pixels.</summary>
[MemoryDiagnoser]
public unsafe class AddRowsBenchmarks
{
    private AlignedBuffer<float> _gradients = null!;
    private float[] _sums = [];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(80, 1, 128), new(80, 1, 512), new(80 * 64, 1, 16)];

    [GlobalSetup]
    public void Setup()
    {
        (_gradients, _sums) = (new AlignedBuffer<float>(Shape.Rows * Shape.Outputs), new float[Shape.Outputs]);
        Drawn.FillCentred(_gradients.Span, new Random(7));
    }

    [GlobalCleanup]
    public void Cleanup() => _gradients.Dispose();

    [Benchmark(Baseline = true)]
    public void Loops()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int column = 0; column < Shape.Outputs; column++)
            {
                _sums[column] += _gradients.Data[(row * Shape.Outputs) + column];
            }
        }
    }

    [Benchmark]
    public void Kernel() => Kernels.AddRows(Shape.Rows, _gradients.Data, Shape.Outputs, _sums);
}
