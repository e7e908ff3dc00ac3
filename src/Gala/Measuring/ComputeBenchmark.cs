using Gala.Networks;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>Measures the arithmetic of learning on one core, as time and as a share of the core's multiply-add peak.</summary>
/// <remarks>The peak is measured anew beside every group of measurements, since a machine's clock moves and others may use it, and the
/// best counts. Work is counted as plain arithmetic, so that a share is above 1 where minimal filtering or zeros save some.</remarks>
public sealed class ComputeBenchmark
{
    private static readonly TimeSpan PeakDuration = TimeSpan.FromMilliseconds(50);

    private readonly ComputeOptions _options;
    private readonly Action<string> _progress;
    private readonly CallTimer _timer;
    private readonly CallTimer _peakTimer;
    private readonly SortedDictionary<int, double> _peak = []; // GFLOP/s by lanes

    /// <summary>Prepares.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told what comes next.</param>
    public ComputeBenchmark(ComputeOptions options, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _progress) = (options, progress ?? (_ => { }));
        _timer = new CallTimer(options.Duration, options.WarmUp);
        _peakTimer = new CallTimer(options.Duration < PeakDuration ? options.Duration : PeakDuration, TimeSpan.Zero);
    }

    private double BestPeak => _peak.Values.Max();

    /// <summary>Measures everything.</summary>
    /// <exception cref="ArgumentException">There is no preset of a name.</exception>
    public ComputeMeasurement Run()
    {
        NetworkSpec[] networks = [.. _options.Presets.Select(PresetInput.Create)];
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            MeasurePeak(width);
        }

        List<KernelMeasurement> kernels = _options.Kernels ? MeasureKernels(networks) : [];
        List<LayerMeasurement> layers = [];
        List<NetworkMeasurement> works = [];
        foreach (NetworkSpec network in networks)
        {
            MeasureNetwork(network, layers, works);
        }

        return new ComputeMeasurement(
            MachineDescription.OfThis(),
            [.. _peak.Reverse().Select(peak => new PeakMeasurement(peak.Key, peak.Value))],
            [.. kernels.Select(kernel => kernel with { ShareOfPeak = kernel.GigaflopsPerSecond / BestPeak })],
            [.. layers.Select(layer => layer with { ShareOfPeak = layer.GigaflopsPerSecond / BestPeak })],
            [.. works.Select(work => work with { ShareOfPeak = work.GigaflopsPerSecond / BestPeak })]);
    }

    private List<KernelMeasurement> MeasureKernels(NetworkSpec[] networks)
    {
        _progress("kernels");
        ProductWork[] products = [.. ProductWork.ShapesOf(networks).Select(shape => new ProductWork(shape))];
        VectorWork[] vectors = [.. networks.DistinctBy(network => network.Input).Select(network => new VectorWork(network))];
        try
        {
            return [.. Measure([.. products.SelectMany(product => product.Works())]), .. Measure([.. vectors.SelectMany(vector => vector.Works())])];
        }
        finally
        {
            Array.ForEach(products, product => product.Dispose());
            Array.ForEach(vectors, vector => vector.Dispose());
        }
    }

    private void MeasureNetwork(NetworkSpec network, List<LayerMeasurement> layers, List<NetworkMeasurement> works)
    {
        ObservationKind[] kinds = PresetInput.IsBoard(network) && _options.Networks ? Enum.GetValues<ObservationKind>() : [ObservationKind.Dense];
        foreach (ObservationKind kind in kinds)
        {
            _progress($"{network.Name}, {kind.ToString().ToLowerInvariant()} observations");
            using NetworkWork work = new(network, kind, _options.PlayedFrames);
            if (_options.Networks)
            {
                works.AddRange(Measure([.. work.Works()]));
            }

            if (_options.Layers && kind == ObservationKind.Dense)
            {
                layers.AddRange(Measure([.. work.Passes()]));
            }
        }
    }

    private List<TMeasurement> Measure<TMeasurement>(TimedWork<TMeasurement>[] works)
    {
        MeasurePeak(SimdWidth.Widest);
        _timer.WarmUp([.. works.Select(work => work.Run)]);
        return [.. works.Select(work => work.Describe(_timer.Measure(work.Run)))];
    }

    private void MeasurePeak(SimdWidth width) =>
        _peak[width.Lanes] = Math.Max(_peak.GetValueOrDefault(width.Lanes), MultiplyAddPeak.Measure(width, _peakTimer));
}
