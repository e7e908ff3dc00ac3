using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>One step of each optimiser over all parameters of a preset.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class OptimizerStepBenchmarks
{
    private const float Rate = 7e-4f;
    private const float Decay = 0.99f;
    private const float MeanDecay = 0.9f;
    private const float Epsilon = 1e-5f;
    private const int Updates = 1000; // t of Adam

    private float[] _parameters = [];
    private float[] _gradients = [];
    private float[] _means = [];
    private float[] _meanSquares = [];

    [Params("mlp", "minatar", "nature")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int length = PresetNetworks.Parameters(Preset);
        (_parameters, _gradients) = (Drawn.Centred(length, seed: 7), Drawn.Centred(length, seed: 8));
        (_means, _meanSquares) = (new float[length], new float[length]);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("RMSProp")]
    public void RmsPropLoop()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            float gradient = _gradients[i];
            _meanSquares[i] = (_meanSquares[i] * Decay) + (gradient * gradient * (1 - Decay));
            _parameters[i] -= gradient * Rate / (MathF.Sqrt(_meanSquares[i]) + Epsilon);
        }
    }

    [Benchmark]
    [BenchmarkCategory("RMSProp")]
    public double RmsPropStep() =>
        Kernels.RmsPropStep(_parameters, _gradients, _meanSquares, 1, Rate, Decay, Epsilon, EpsilonPlace.OutsideRoot);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Adam")]
    public void AdamLoop()
    {
        float meanScale = 1 / (1 - MathF.Pow(MeanDecay, Updates));
        float squareScale = 1 / (1 - MathF.Pow(Decay, Updates));
        for (int i = 0; i < _parameters.Length; i++)
        {
            float gradient = _gradients[i];
            _means[i] = (_means[i] * MeanDecay) + (gradient * (1 - MeanDecay));
            _meanSquares[i] = (_meanSquares[i] * Decay) + (gradient * gradient * (1 - Decay));
            _parameters[i] -= Rate * _means[i] * meanScale / (MathF.Sqrt(_meanSquares[i] * squareScale) + Epsilon);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Adam")]
    public double AdamStep() =>
        Kernels.AdamStep(_parameters, _gradients, _means, _meanSquares, 1, Rate, MeanDecay, Decay, Epsilon, Updates);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("SGD")]
    public void SgdLoop()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] -= Rate * _gradients[i];
        }
    }

    [Benchmark]
    [BenchmarkCategory("SGD")]
    public double SgdStep() => Kernels.SgdStep(_parameters, _gradients, 1, Rate);
}
