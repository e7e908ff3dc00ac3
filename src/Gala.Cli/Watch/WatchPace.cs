using System.Globalization;

namespace Gala.Cli.Watch;

/// <summary>Waits between moments and heeds keys: q leaves, space pauses, plus and minus change the speed.</summary>
internal sealed class WatchPace(GalaConsole console, double stepsPerSecond, CancellationToken stop)
{
    private const double Slowest = 0.5;
    private const double Fastest = 200;
    private const double Change = 1.5;
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(20);

    private double _stepsPerSecond = stepsPerSecond;
    private bool _paused;

    /// <summary>Whether the one who watches has had enough.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The keys and the speed, for the last line.</summary>
    public string Footer =>
        string.Create(CultureInfo.InvariantCulture, $"q quit   space {(_paused ? "go on" : "pause")}   +/- speed ({_stepsPerSecond:0.#} steps/s)");

    /// <summary>Returns when the next moment is due, or at once when all is over.</summary>
    /// <param name="changed">Called when the footer has changed.</param>
    public void Wait(Action changed)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!IsOver && (_paused || TimeProvider.System.GetElapsedTime(start).TotalSeconds < 1 / _stepsPerSecond))
        {
            TimeSpan left = TimeSpan.FromSeconds(1 / _stepsPerSecond) - TimeProvider.System.GetElapsedTime(start);
            TimeSpan nap = _paused || left > KeyInterval ? KeyInterval : left > TimeSpan.Zero ? left : TimeSpan.Zero;
            IsOver |= stop.WaitHandle.WaitOne(nap);
            while (console.ReadKey() is { } key)
            {
                Heed(key.KeyChar);
                changed();
            }
        }
    }

    private void Heed(char key)
    {
        switch (key)
        {
            case 'q' or 'Q':
                IsOver = true;
                break;
            case ' ':
                _paused = !_paused;
                break;
            case '+' or '=':
                _stepsPerSecond = Math.Min(Fastest, _stepsPerSecond * Change);
                break;
            case '-':
                _stepsPerSecond = Math.Max(Slowest, _stepsPerSecond / Change);
                break;
            default:
                break;
        }
    }
}
