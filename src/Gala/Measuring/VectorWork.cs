using System.Globalization;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>What an update does to every parameter and to every drawn action, beside the products.</summary>
internal sealed unsafe class VectorWork : IDisposable
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly AlignedBuffer<float> _parameters;
    private readonly AlignedBuffer<float> _others;
    private readonly AlignedBuffer<float> _meanSquares;
    private readonly PackedMatrix _packed;
    private readonly PackedMatrix _transposed;
    private readonly float[] _logits;
    private readonly float[] _uniforms = new float[NetworkWork.Simulators];
    private readonly int[] _chosen = new int[NetworkWork.Simulators];

    public VectorWork(NetworkSpec spec)
    {
        int length = spec.Layout.Length;
        ParameterTensor largest = spec.Layout.Tensors.MaxBy(tensor => tensor.Length)!;
        (_rows, _columns) = (largest.Length / largest.Shape[^1], largest.Shape[^1]);
        _parameters = new AlignedBuffer<float>(length);
        _others = new AlignedBuffer<float>(length);
        _meanSquares = new AlignedBuffer<float>(length);
        _packed = new PackedMatrix(_rows, _columns);
        _transposed = new PackedMatrix(_columns, _rows);
        _logits = new float[NetworkWork.Simulators * spec.Actions];
        _parameters.Span.Fill(0.5f);
        _others.Span.Fill(0.5f);
    }

    public IReadOnlyList<TimedWork<KernelMeasurement>> Works()
    {
        const int Read = sizeof(float), Update = 2 * sizeof(float), Copy = 2 * sizeof(float);
        int length = _parameters.Length, weights = _rows * _columns;
        return
        [
            Time("sum of squares", length, Read, () => Kernels.SumOfSquares(_parameters.Span)),
            Time("RMSProp", length, (2 * Update) + Read, () => Kernels.RmsPropStep(
                _parameters.Span, _others.Span, _meanSquares.Span, 1, learningRate: 0, decay: 0.99, epsilon: 1e-5, EpsilonPlace.OutsideRoot)),
            Time("publish", length, Copy, () => _parameters.Span.CopyTo(_others.Span)),
            Time("mix", length, Update + Read, () => Kernels.AddAndDivide(_parameters.Span, _others.Span, 2)),
            Time("pack", weights, Copy, () => _packed.Pack(_parameters.Data, _columns)),
            Time("pack transposed", weights, Copy, () => _transposed.PackTransposed(_parameters.Data, _columns)),
            Time("sample", _logits.Length, Read, () => Kernels.CategoricalSample(_logits, _uniforms, _chosen)),
        ];
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in (IDisposable[])[_parameters, _others, _meanSquares, _packed, _transposed])
        {
            buffer.Dispose();
        }
    }

    private static TimedWork<KernelMeasurement> Time(string kernel, int elements, int bytesOfElement, Action run) =>
        new(run, timing => new KernelMeasurement(
            kernel,
            elements.ToString("N0", CultureInfo.InvariantCulture),
            timing.Microseconds,
            timing.MinimumMicroseconds,
            GigaflopsPerSecond: null,
            ShareOfPeak: null,
            timing.GigaPerSecond((double)elements * bytesOfElement)));
}
