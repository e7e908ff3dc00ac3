using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>What new parameters cost before the next product: a dense layer's weights copied into panels, straight and transposed.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public unsafe class PackingBenchmarks
{
    private AlignedBuffer<float> _weights = null!;
    private AlignedBuffer<float> _target = null!;
    private PackedMatrix _straight = null!;
    private PackedMatrix _transposed = null!;

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(1, 64, 64), new(1, 1024, 128), new(1, 1568, 512)];

    [GlobalSetup]
    public void Setup()
    {
        int length = Shape.Inputs * Shape.Outputs;
        (_weights, _target) = (new AlignedBuffer<float>(length), new AlignedBuffer<float>(length));
        (_straight, _transposed) = (new PackedMatrix(Shape.Inputs, Shape.Outputs), new PackedMatrix(Shape.Outputs, Shape.Inputs));
        Drawn.FillCentred(_weights.Span, new Random(7));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _weights.Dispose();
        _target.Dispose();
        _straight.Dispose();
        _transposed.Dispose();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Straight")]
    public void CopyLoop()
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            _target.Data[i] = _weights.Data[i];
        }
    }

    [Benchmark]
    [BenchmarkCategory("Straight")]
    public void Pack() => _straight.Pack(_weights.Data, Shape.Outputs);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Transposed")]
    public void TransposeLoop()
    {
        for (int input = 0; input < Shape.Inputs; input++)
        {
            for (int output = 0; output < Shape.Outputs; output++)
            {
                _target.Data[(output * Shape.Inputs) + input] = _weights.Data[(input * Shape.Outputs) + output];
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Transposed")]
    public void Transpose() =>
        Kernels.Transpose(_weights.Data, Shape.Outputs, Shape.Inputs, Shape.Outputs, _target.Data, Shape.Inputs);

    [Benchmark]
    [BenchmarkCategory("Transposed")]
    public void PackTransposed() => _transposed.PackTransposed(_weights.Data, Shape.Outputs);
}
