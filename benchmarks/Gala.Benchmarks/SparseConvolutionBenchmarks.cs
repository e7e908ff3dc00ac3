using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The convolution of <c>minatar</c> for one board, 10 × 10 × 4 with 5% ones; the loops skip zeros too.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public unsafe class SparseConvolutionBenchmarks
{
    private const int Kernel = 3;
    private const int Filters = 16;
    private const int OutputSide = 8;

    private static readonly TensorShape Input = new(10, 10, 4);

    private readonly TapTable _taps = new(Input, Kernel, stride: 1, Filters);
    private AlignedBuffer<float> _image = null!;
    private AlignedBuffer<float> _weights = null!;
    private AlignedBuffer<float> _bias = null!;
    private AlignedBuffer<float> _outputs = null!;
    private int[] _nonzeros = [];

    [GlobalSetup]
    public void Setup()
    {
        (_image, _bias) = (new AlignedBuffer<float>(Input.Length), new AlignedBuffer<float>(Filters));
        _weights = new AlignedBuffer<float>(Kernel * Kernel * Input.Channels * Filters);
        _outputs = new AlignedBuffer<float>(_taps.OutputLength);
        Random random = new(7);
        Drawn.FillSparse(_image.Span, 0.05, random);
        Drawn.FillCentred(_weights.Span, random);
        _nonzeros = Drawn.Nonzeros(_image.Span);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _image.Dispose();
        _weights.Dispose();
        _bias.Dispose();
        _outputs.Dispose();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Forward")]
    public void ConvolveLoops()
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs.Data[i] = _bias.Data[i % Filters];
        }

        foreach (int i in _nonzeros)
        {
            for (int tap = 0; tap < Kernel * Kernel; tap++)
            {
                if (TryOffsets(i, tap, out int output, out int weight))
                {
                    for (int filter = 0; filter < Filters; filter++)
                    {
                        _outputs.Data[output + filter] += _image.Data[i] * _weights.Data[weight + filter];
                    }
                }
            }
        }

        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs.Data[i] = MathF.Max(0, _outputs.Data[i]);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Forward")]
    public void ConvolveSparse() => Kernels.ConvolveSparse(_image.Data, _nonzeros, _taps, _weights.Data, _bias.Data, 0, _outputs.Data);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Weight gradients")]
    public void WeightGradientLoops()
    {
        foreach (int i in _nonzeros)
        {
            for (int tap = 0; tap < Kernel * Kernel; tap++)
            {
                if (TryOffsets(i, tap, out int output, out int weight))
                {
                    for (int filter = 0; filter < Filters; filter++)
                    {
                        _weights.Data[weight + filter] += _image.Data[i] * _outputs.Data[output + filter];
                    }
                }
            }
        }
    }

    [Benchmark]
    [BenchmarkCategory("Weight gradients")]
    public void AddSparseWeightGradients() =>
        Kernels.AddSparseWeightGradients(_image.Data, _nonzeros, _taps, _outputs.Data, _weights.Data);

    /// <summary>Where the outputs and the weights of an input element and a tap start; false where the tap falls beyond the image.</summary>
    private static bool TryOffsets(int element, int tap, out int output, out int weight)
    {
        int pixel = element / Input.Channels;
        (int top, int left) = ((pixel / Input.Width) - (tap / Kernel), (pixel % Input.Width) - (tap % Kernel));
        output = ((top * OutputSide) + left) * Filters;
        weight = ((tap * Input.Channels) + (element % Input.Channels)) * Filters;
        return top is >= 0 and < OutputSide && left is >= 0 and < OutputSide;
    }
}
