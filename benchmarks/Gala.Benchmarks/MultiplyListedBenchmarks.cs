using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The gradient behind a rectifier of which a twentieth is open, from one of which a tenth is not zero.</summary>
[MemoryDiagnoser]
public unsafe class MultiplyListedBenchmarks
{
    private AlignedBuffer<float> _gradients = null!;
    private AlignedBuffer<float> _weights = null!;
    private AlignedBuffer<float> _target = null!;
    private int[] _nonzeros = [];
    private int[] _open = [];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(1, 1024, 128), new(1, 1568, 512)];

    [GlobalSetup]
    public void Setup()
    {
        (_gradients, _target) = (new AlignedBuffer<float>(Shape.Outputs), new AlignedBuffer<float>(Shape.Inputs));
        _weights = new AlignedBuffer<float>(Shape.Inputs * Shape.Outputs);
        Random random = new(7);
        Drawn.FillSparse(_gradients.Span, 0.1, random);
        _nonzeros = Drawn.Nonzeros(_gradients.Span);
        Drawn.FillSparse(_target.Span, 0.05, random);
        _open = Drawn.Nonzeros(_target.Span);
        Drawn.FillCentred(_weights.Span, random);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _gradients.Dispose();
        _weights.Dispose();
        _target.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Loop()
    {
        foreach (int j in _open)
        {
            float sum = 0;
            foreach (int k in _nonzeros)
            {
                sum += _weights.Data[(j * Shape.Outputs) + k] * _gradients.Data[k];
            }

            _target.Data[j] = sum;
        }
    }

    [Benchmark]
    public void MultiplyListed() =>
        Kernels.MultiplyListed(_gradients.Data, _nonzeros, _weights.Data, Shape.Outputs, _open, _target.Data);
}
