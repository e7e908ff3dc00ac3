using System.Globalization;

namespace Gala.Experiments;

/// <summary>Estimates how long the rest of a sweep takes, from the pace of the runs that were trained.</summary>
/// <param name="runs">All runs.</param>
/// <param name="parallel">How many train at once.</param>
internal sealed class SweepClock(IReadOnlyList<SweepRun> runs, int parallel)
{
    private readonly Dictionary<string, (double Seconds, double Frames)> _paces = []; // by variant
    private readonly HashSet<int> _left = [.. Enumerable.Range(0, runs.Count)];

    /// <summary>Counts a run that is done.</summary>
    /// <param name="place">Its index.</param>
    /// <param name="result">What came of it.</param>
    public void Count(int place, RunResult result)
    {
        _left.Remove(place);
        if (result is { IsNew: true, Run: { } run })
        {
            string variant = runs[place].Variant.Name;
            (double seconds, double frames) = _paces.GetValueOrDefault(variant);
            _paces[variant] = (seconds + run.Seconds, frames + runs[place].Variant.Options.Frames);
        }
    }

    /// <summary>The estimate as text, such as <c>about 8 min left</c>; empty while nothing is known, or where nothing is left.</summary>
    public string Text()
    {
        if (_paces.Count == 0 || _left.Count == 0)
        {
            return "";
        }

        double average = _paces.Values.Sum(pace => pace.Seconds) / _paces.Values.Sum(pace => pace.Frames);
        double seconds = _left.Sum(place => runs[place].Variant.Options.Frames * SecondsOfAFrame(runs[place].Variant.Name)) / parallel;
        return seconds switch
        {
            < 90 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, seconds):0} s left"),
            < 90 * 60 => string.Create(CultureInfo.InvariantCulture, $"about {seconds / 60:0} min left"),
            _ => string.Create(CultureInfo.InvariantCulture, $"about {seconds / 3600:0.0} h left"),
        };

        double SecondsOfAFrame(string variant) => _paces.TryGetValue(variant, out (double Seconds, double Frames) pace) ? pace.Seconds / pace.Frames : average;
    }
}
