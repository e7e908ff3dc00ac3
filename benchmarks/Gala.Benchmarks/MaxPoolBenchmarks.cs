using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The first pooling of <c>impala-deep</c>: 84 × 84 × 16 to half of it each way, windows of 3 × 3.</summary>
[MemoryDiagnoser]
public unsafe class MaxPoolBenchmarks
{
    private static readonly PoolingWindows Windows = new(new TensorShape(84, 84, 16), kernel: 3, stride: 2, padding: 1);

    private AlignedBuffer<float> _image = null!;
    private AlignedBuffer<float> _outputs = null!;
    private AlignedBuffer<int> _winners = null!;

    [GlobalSetup]
    public void Setup()
    {
        _image = new AlignedBuffer<float>(Windows.Input.Length);
        (_outputs, _winners) = (new AlignedBuffer<float>(Windows.Output.Length), new AlignedBuffer<int>(Windows.Output.Length));
        Drawn.FillCentred(_image.Span, new Random(7));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _image.Dispose();
        _outputs.Dispose();
        _winners.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Loop()
    {
        (TensorShape input, TensorShape output) = (Windows.Input, Windows.Output);
        for (int i = 0; i < output.Length; i++)
        {
            (int y, int x, int channel) = (i / output.Channels / output.Width, i / output.Channels % output.Width, i % output.Channels);
            _outputs.Data[i] = float.NegativeInfinity;
            for (int line = Math.Max((2 * y) - 1, 0); line < Math.Min((2 * y) + 2, input.Height); line++)
            {
                for (int column = Math.Max((2 * x) - 1, 0); column < Math.Min((2 * x) + 2, input.Width); column++)
                {
                    int pixel = (line * input.Width) + column;
                    float candidate = _image.Data[(pixel * input.Channels) + channel];
                    if (candidate > _outputs.Data[i])
                    {
                        (_outputs.Data[i], _winners.Data[i]) = (candidate, pixel);
                    }
                }
            }
        }
    }

    [Benchmark]
    public void MaxPool() => Kernels.MaxPool(_image.Data, Windows, _outputs.Data, _winners.Data);
}
