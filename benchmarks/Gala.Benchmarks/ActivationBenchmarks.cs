using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>Activations and their gradients over a hidden layer of 80 rows; the rectifier itself is part of the products.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class ActivationBenchmarks
{
    private float[] _inputs = [];
    private float[] _outputs = [];
    private float[] _gradients = [];

    [Params(80 * 64, 80 * 1024)] // a hidden layer of mlp; the convolution of minatar
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_inputs, _outputs, _gradients) = (Drawn.Centred(Length, seed: 7), new float[Length], Drawn.Centred(Length, seed: 8));
        for (int i = 0; i < Length; i++)
        {
            _inputs[i] *= 4; // both branches of tanh
            _outputs[i] = MathF.Max(0, _inputs[i]) * 1e-5f; // 1 − y² rounds to 1, so that gradients in place stay as they are
        }
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Tanh")]
    public void TanhLoop()
    {
        _inputs.CopyTo(_gradients, 0);
        for (int i = 0; i < _gradients.Length; i++)
        {
            _gradients[i] = MathF.Tanh(_gradients[i]);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Tanh")]
    public void Tanh()
    {
        _inputs.CopyTo(_gradients, 0);
        Kernels.Tanh(_gradients);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Tanh gradient")]
    public void TanhGradientLoop()
    {
        for (int i = 0; i < _gradients.Length; i++)
        {
            _gradients[i] *= 1 - (_outputs[i] * _outputs[i]);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Tanh gradient")]
    public void MultiplyByTanhGradient() => Kernels.MultiplyByTanhGradient(_outputs, _gradients);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Rectifier gradient")]
    public void ReluGradientLoop()
    {
        for (int i = 0; i < _gradients.Length; i++)
        {
            _gradients[i] = _outputs[i] > 0 ? _gradients[i] : 0;
        }
    }

    [Benchmark]
    [BenchmarkCategory("Rectifier gradient")]
    public void MultiplyByReluGradient() => Kernels.MultiplyByReluGradient(_outputs, _gradients);
}
