using System.Diagnostics;

namespace Gala.Measurement;

/// <summary>Times calls: warms up, then takes samples of so many calls that the clock's own cost does not count.</summary>
/// <param name="duration">Of the samples of one measurement.</param>
public sealed class CallTimer(TimeSpan duration)
{
    private const int FewestSamples = 3;
    private static readonly TimeSpan SampleLength = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(0.3); // callers are compiled anew 0.1 s after their first calls

    private readonly TimeSpan _sampleLength = duration < SampleLength ? duration : SampleLength;

    /// <summary>Runs all works in turn until code is compiled for good and data are where they stay.</summary>
    public void WarmUp(IReadOnlyCollection<Action> works)
    {
        ArgumentNullException.ThrowIfNull(works);
        TimeSpan enough = 3 * duration < LongestWarmUp ? 3 * duration : LongestWarmUp;
        long start = Stopwatch.GetTimestamp();
        do
        {
            foreach (Action work in works)
            {
                work();
            }
        }
        while (works.Count > 0 && Stopwatch.GetElapsedTime(start) < enough);
    }

    /// <summary>Times one work.</summary>
    public Timing Measure(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        int calls = 1;
        while (Sample(work, calls) < _sampleLength)
        {
            calls = checked(2 * calls);
        }

        List<double> samples = [];
        long start = Stopwatch.GetTimestamp();
        while (samples.Count < FewestSamples || Stopwatch.GetElapsedTime(start) < duration)
        {
            samples.Add(Sample(work, calls).TotalMicroseconds / calls);
        }

        samples.Sort();
        return new Timing(samples[samples.Count / 2], samples[0]);
    }

    private static TimeSpan Sample(Action work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
