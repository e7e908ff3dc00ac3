using System.Diagnostics;

namespace Gala.Measuring;

/// <summary>Times calls: warms up, then takes samples of so many calls that the clock's own cost does not count.</summary>
/// <param name="duration">Of the samples of one measurement.</param>
/// <param name="warmUp">Of <see cref="WarmUp"/>: methods are compiled for good after 0.1 s and 30 more calls.</param>
public sealed class CallTimer(TimeSpan duration, TimeSpan warmUp)
{
    private const int FewestSamples = 3;
    private const int EnoughRounds = 40;
    private const int LongestWarmUps = 4;
    private const double SampleSeconds = 1e-3;

    /// <summary>Runs all works in turn for a while, once at least; for long works longer, so that they come to be called often.</summary>
    public void WarmUp(IReadOnlyCollection<Action> works)
    {
        ArgumentNullException.ThrowIfNull(works);
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed = TimeSpan.Zero;
        for (int round = 0; round == 0 || elapsed < warmUp || (round < EnoughRounds && elapsed < LongestWarmUps * warmUp); round++)
        {
            foreach (Action work in works)
            {
                work();
            }

            elapsed = Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Times one work.</summary>
    public Timing Measure(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        int calls = 1;
        while (IsShort(work, calls))
        {
            calls = checked(2 * calls);
        }

        List<double> samples = [];
        long start = Stopwatch.GetTimestamp();
        while (samples.Count < FewestSamples || Stopwatch.GetElapsedTime(start) < duration)
        {
            samples.Add(Sample(work, calls) * 1e6 / calls);
        }

        samples.Sort();
        return new Timing(samples[samples.Count / 2], samples[0]);
    }

    // More than once, since any sample may seem long because others had the core.
    private static bool IsShort(Action work, int calls) =>
        Enumerable.Range(0, FewestSamples).Any(_ => Sample(work, calls) < SampleSeconds);

    /// <summary>Seconds, as finely as the clock has them.</summary>
    private static double Sample(Action work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            work();
        }

        return (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency;
    }
}
