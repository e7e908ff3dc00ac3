using System.Globalization;
using Gala.Runs;

namespace Gala.Measuring;

/// <summary>Trains for a long time, with its folder and all of its files, and measures whether memory grows or the pace falls.</summary>
public static class SoakBenchmark
{
    private const double WarmUpShare = 0.2;
    private const double Tenth = 0.1;
    private const int Samples = 1_000;
    private const double LongestBetweenReports = 1; // seconds, as a run has by default
    private const double Mebibyte = 1 << 20;
    private const double SecondsInAnHour = 3_600;

    /// <summary>Trains in a folder of its own, which is deleted afterwards.</summary>
    /// <param name="options">The run; its learning rate is held constant, and it makes a checkpoint at its end unless
    /// <see cref="RunOptions.CheckpointEvery"/> asks for more.</param>
    /// <param name="duration">Of the whole.</param>
    /// <param name="progress">Told what is done, now and then.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run.</exception>
    /// <exception cref="TrainingFailedException">An agent failed.</exception>
    public static SoakMeasurement Run(RunOptions options, TimeSpan duration, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        string folder = Directory.CreateTempSubdirectory("gala-soak-").FullName;
        try
        {
            using Sampler sampler = new(duration, progress);
            RunOptions run = options with
            {
                Frames = OptionCatalog.MostFrames,
                LearningRateSchedule = "constant",
                ReportEvery = Math.Min(LongestBetweenReports, duration.TotalSeconds / Samples),
                Run = folder,
            };
            RunSummary summary = TrainingRun.Start(run, [sampler], sampler.Stop).Summary;
            return Evaluate(summary, sampler.Samples);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the samples say of the time after the warm-up.</summary>
    internal static SoakMeasurement Evaluate(RunSummary summary, IReadOnlyList<SoakSample> samples)
    {
        SoakSample last = samples[^1];
        SoakSample[] warm = [.. samples.Where(sample => IsWarm(sample, last))];
        SoakSample first = warm[0];
        double tenth = Tenth * (last.Seconds - first.Seconds);
        return new SoakMeasurement(
            MachineDescription.OfThis(),
            summary.Environment,
            summary.Agents,
            last.Seconds,
            last.Frames,
            last.ResidentBytes / Mebibyte,
            Slope(warm) * SecondsInAnHour / Mebibyte,
            Pace(first, warm.First(sample => sample.Seconds >= first.Seconds + tenth)),
            Pace(warm.Last(sample => sample.Seconds <= last.Seconds - tenth), last),
            last.Gen0Collections - first.Gen0Collections,
            last.Gen1Collections - first.Gen1Collections,
            last.Gen2Collections - first.Gen2Collections);
    }

    private static bool IsWarm(SoakSample sample, SoakSample last) => sample.Seconds >= WarmUpShare * last.Seconds;

    private static double Pace(SoakSample from, SoakSample to) => (to.Frames - from.Frames) / (to.Seconds - from.Seconds);

    /// <summary>Bytes a second, by least squares: Σ (t − t̄)(b − b̄) / Σ (t − t̄)².</summary>
    private static double Slope(SoakSample[] samples)
    {
        double time = samples.Average(sample => sample.Seconds);
        double bytes = samples.Average(sample => (double)sample.ResidentBytes);
        return samples.Sum(sample => (sample.Seconds - time) * (sample.ResidentBytes - bytes))
            / samples.Sum(sample => (sample.Seconds - time) * (sample.Seconds - time));
    }

    /// <summary>Samples at each report, and ends the run after its time.</summary>
    private sealed class Sampler(TimeSpan duration, Action<string>? progress) : ITrainingObserver, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private int _tenths;

        public List<SoakSample> Samples { get; } = new((2 * SoakBenchmark.Samples) + (int)duration.TotalSeconds); // room for all from the start

        public CancellationToken Stop => _stop.Token;

        public void OnReport(TrainingReport report)
        {
            if (_stop.IsCancellationRequested)
            {
                return; // the report of the end, made when nobody trains any more
            }

            Samples.Add(SoakSample.Now(report.Elapsed.TotalSeconds, report.Frames));
            if (report.Elapsed >= duration && Samples.Count > 1 && IsWarm(Samples[^2], Samples[^1])) // a slope needs two points
            {
                _stop.Cancel();
            }
            else if (report.Elapsed >= (_tenths + 1) * Tenth * duration)
            {
                progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{++_tenths}0% of {duration:g}"));
            }
        }

        public void OnMessage(string message) => progress?.Invoke(message);

        public void Dispose() => _stop.Dispose();
    }
}
