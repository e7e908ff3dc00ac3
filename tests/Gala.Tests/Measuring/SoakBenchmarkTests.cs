using Gala.Measuring;
using Gala.Tests.Runs;

namespace Gala.Tests.Measuring;

public sealed class SoakBenchmarkTests
{
    [Fact]
    public void Evaluate_MadeUpSamples_FindsSlopeAndPaceAfterTheWarmUp()
    {
        // 100 s: a lot of memory until 20, then 0.1 MiB more a second; 500 frames/s until 60, then 400.
        SoakSample[] samples = [.. Enumerable.Range(0, 101).Select(second => new SoakSample(
            second,
            second <= 60 ? 500 * second : 30_000 + (400 * (second - 60)),
            (long)((second < 20 ? 1_000 : 100 + (second / 10.0)) * (1 << 20)),
            second,
            second / 10,
            Math.Min(second, 20)))];

        SoakMeasurement measured = SoakBenchmark.Evaluate(SomeReports.Summary, samples);

        Assert.Equal(360, measured.ResidentMebibytesPerHour, 0.01);
        Assert.Equal(110, measured.ResidentMebibytes, 0.01);
        Assert.Equal((500.0, 400.0, 0.8), (measured.FirstFramesPerSecond, measured.LastFramesPerSecond, measured.LastOverFirst));
        Assert.Equal((80, 8, 0), (measured.Gen0Collections, measured.Gen1Collections, measured.Gen2Collections));
    }

    [Fact]
    public void Evaluate_NoFramesInTheFirstTenth_LeavesTheRatioOut()
    {
        SoakSample[] samples = [.. Enumerable.Range(0, 101).Select(second => new SoakSample(second, second < 50 ? 0 : second, 1, 0, 0, 0))];

        SoakMeasurement measured = SoakBenchmark.Evaluate(SomeReports.Summary, samples);

        Assert.Equal(0, measured.FirstFramesPerSecond);
        Assert.Null(measured.LastOverFirst);
    }
}
