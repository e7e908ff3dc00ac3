using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>From logits to probabilities and actions: 16 rows when acting, 80 when updating, 6 actions.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class PolicyBenchmarks
{
    private const int Actions = 6;

    private float[] _logits = [];
    private float[] _probabilities = [];
    private float[] _uniforms = [];
    private int[] _chosen = [];

    [Params(16, 80)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_logits, _probabilities) = (Drawn.Centred(Rows * Actions, seed: 7), new float[Rows * Actions]);
        (_uniforms, _chosen) = (Drawn.Centred(Rows, seed: 8), new int[Rows]);
        for (int row = 0; row < Rows; row++)
        {
            _uniforms[row] += 0.5f;
        }
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Softmax")]
    public void SoftmaxLoop()
    {
        for (int row = 0; row < Rows; row++)
        {
            float sum = Exponentiate(row);
            for (int i = row * Actions; i < (row + 1) * Actions; i++)
            {
                _probabilities[i] /= sum;
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Softmax")]
    public void Softmax() => Kernels.Softmax(_logits, _probabilities, Actions);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Log softmax")]
    public void LogSoftmaxLoop()
    {
        for (int row = 0; row < Rows; row++)
        {
            (float largest, float logarithm) = (Largest(row), MathF.Log(Exponentiate(row)));
            for (int i = row * Actions; i < (row + 1) * Actions; i++)
            {
                _probabilities[i] = _logits[i] - largest - logarithm;
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Log softmax")]
    public void LogSoftmax() => Kernels.LogSoftmax(_logits, _probabilities, Actions);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Sample")]
    public void CategoricalSampleLoop()
    {
        for (int row = 0; row < Rows; row++)
        {
            float left = Exponentiate(row) * _uniforms[row];
            int action = 0;
            while (action < Actions - 1 && left >= _probabilities[(row * Actions) + action])
            {
                left -= _probabilities[(row * Actions) + action++];
            }

            _chosen[row] = action;
        }
    }

    [Benchmark]
    [BenchmarkCategory("Sample")]
    public void CategoricalSample() => Kernels.CategoricalSample(_logits, _uniforms, _chosen);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Best")]
    public void ArgMaxLoop()
    {
        for (int row = 0; row < Rows; row++)
        {
            int best = 0;
            for (int action = 1; action < Actions; action++)
            {
                best = _logits[(row * Actions) + action] > _logits[(row * Actions) + best] ? action : best;
            }

            _chosen[row] = best;
        }
    }

    [Benchmark]
    [BenchmarkCategory("Best")]
    public void ArgMax() => Kernels.ArgMax(_logits, _chosen);

    /// <summary>Writes exp(z − max z) of a row and returns its sum.</summary>
    private float Exponentiate(int row)
    {
        (float largest, float sum) = (Largest(row), 0);
        for (int i = row * Actions; i < (row + 1) * Actions; i++)
        {
            sum += _probabilities[i] = MathF.Exp(_logits[i] - largest);
        }

        return sum;
    }

    private float Largest(int row)
    {
        float largest = _logits[row * Actions];
        for (int i = (row * Actions) + 1; i < (row + 1) * Actions; i++)
        {
            largest = MathF.Max(largest, _logits[i]);
        }

        return largest;
    }
}
