using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>A dense layer's passes for one row of which a tenth is not zero, as behind a rectifier; the loops skip zeros too.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public unsafe class SparseRowBenchmarks
{
    private AlignedBuffer<float> _inputs = null!;
    private AlignedBuffer<float> _weights = null!;
    private AlignedBuffer<float> _outputs = null!;
    private int[] _nonzeros = [];
    private AlignedBuffer<int> _found = null!;

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(1, 1024, 128), new(1, 1568, 512)];

    [GlobalSetup]
    public void Setup()
    {
        (_inputs, _outputs) = (new AlignedBuffer<float>(Shape.Inputs), new AlignedBuffer<float>(Shape.Outputs));
        _weights = new AlignedBuffer<float>(Shape.Inputs * Shape.Outputs);
        Random random = new(7);
        Drawn.FillSparse(_inputs.Span, 0.1, random);
        Drawn.FillCentred(_weights.Span, random);
        Drawn.FillCentred(_outputs.Span, random);
        _nonzeros = Drawn.Nonzeros(_inputs.Span);
        _found = new AlignedBuffer<int>(Shape.Inputs + Kernels.NonzerosMargin);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _inputs.Dispose();
        _weights.Dispose();
        _outputs.Dispose();
        _found.Dispose();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Find")]
    public int NonzerosLoop()
    {
        int count = 0;
        for (int i = 0; i < Shape.Inputs; i++)
        {
            if (_inputs.Data[i] != 0)
            {
                _found.Data[count++] = i;
            }
        }

        return count;
    }

    [Benchmark]
    [BenchmarkCategory("Find")]
    public int Nonzeros() => Kernels.Nonzeros(_inputs.Data, Shape.Inputs, _found.Data, most: Shape.Inputs / 4);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Multiply")]
    public void MultiplyLoop()
    {
        _outputs.Span.Clear();
        foreach (int k in _nonzeros)
        {
            for (int output = 0; output < Shape.Outputs; output++)
            {
                _outputs.Data[output] += _inputs.Data[k] * _weights.Data[(k * Shape.Outputs) + output];
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Multiply")]
    public void MultiplySparseRow() =>
        Kernels.MultiplySparseRow(
            _inputs.Data, _nonzeros, _weights.Data, Shape.Outputs, bias: null, floor: float.NegativeInfinity, target: _outputs.Data);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Outer product")]
    public void AddOuterProductLoop()
    {
        foreach (int k in _nonzeros)
        {
            for (int output = 0; output < Shape.Outputs; output++)
            {
                _weights.Data[(k * Shape.Outputs) + output] += _inputs.Data[k] * _outputs.Data[output];
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Outer product")]
    public void AddSparseOuterProduct() =>
        Kernels.AddSparseOuterProduct(_inputs.Data, _nonzeros, _outputs.Data, Shape.Outputs, _weights.Data);
}
