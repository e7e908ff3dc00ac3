using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>One number of a whole vector of parameters or gradients: norms for clipping, distances of agents, checks.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class ReductionBenchmarks
{
    private float[] _left = [];
    private float[] _right = [];

    [Params("mlp", "minatar", "nature")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int length = PresetNetworks.Parameters(Preset);
        (_left, _right) = (Drawn.Centred(length, seed: 7), Drawn.Centred(length, seed: 8));
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Squares")]
    public double SumOfSquaresLoop()
    {
        double sum = 0;
        foreach (float element in _left)
        {
            sum += element * element;
        }

        return sum;
    }

    [Benchmark]
    [BenchmarkCategory("Squares")]
    public double SumOfSquares() => Kernels.SumOfSquares(_left);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Distance")]
    public double SquaredDistanceLoop()
    {
        double sum = 0;
        for (int i = 0; i < _left.Length; i++)
        {
            float difference = _left[i] - _right[i];
            sum += difference * difference;
        }

        return sum;
    }

    [Benchmark]
    [BenchmarkCategory("Distance")]
    public double SquaredDistance() => Kernels.SquaredDistance(_left, _right);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Largest")]
    public float MaxAbsoluteLoop()
    {
        float largest = 0;
        foreach (float element in _left)
        {
            largest = MathF.Max(largest, MathF.Abs(element));
        }

        return largest;
    }

    [Benchmark]
    [BenchmarkCategory("Largest")]
    public float MaxAbsolute() => Kernels.MaxAbsolute(_left);
}
