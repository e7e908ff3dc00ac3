using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>What gossip does with a received vector of parameters.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class MixingBenchmarks
{
    private float[] _own = [];
    private float[] _received = [];

    [Params("mlp", "minatar", "nature")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int length = PresetNetworks.Parameters(Preset);
        (_own, _received) = (Drawn.Centred(length, seed: 7), Drawn.Centred(length, seed: 8));
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Mean")]
    public void AddAndDivideLoop()
    {
        for (int i = 0; i < _own.Length; i++)
        {
            _own[i] = (_own[i] + _received[i]) / 2;
        }
    }

    [Benchmark]
    [BenchmarkCategory("Mean")]
    public void AddAndDivide() => Kernels.AddAndDivide(_own, _received, 2);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Sum")]
    public void AddLoop()
    {
        for (int i = 0; i < _own.Length; i++)
        {
            _own[i] += _received[i];
        }
    }

    [Benchmark]
    [BenchmarkCategory("Sum")]
    public void Add() => Kernels.Add(_own, _received);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Weighted")]
    public void MixIntoLoop()
    {
        for (int i = 0; i < _own.Length; i++)
        {
            _own[i] += 0.25f * (_received[i] - _own[i]);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Weighted")]
    public void MixInto() => Kernels.MixInto(_own, _received, 0.25f);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Scale")]
    public void ScaleLoop()
    {
        for (int i = 0; i < _own.Length; i++)
        {
            _own[i] *= -1f; // a factor below 1 would end in denormal numbers
        }
    }

    [Benchmark]
    [BenchmarkCategory("Scale")]
    public void Scale() => Kernels.Scale(_own, -1);
}
