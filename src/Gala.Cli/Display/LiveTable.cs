using Gala.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Display;

/// <summary>A run as it stands, drawn anew in place.</summary>
/// <remarks>Reports come from the run's thread, a request to stop from a signal's: the lock covers all state and every drawing.</remarks>
internal sealed class LiveTable : Renderable, ITrainingObserver
{
    private const int MostMessages = 2;
    private const string Keys = "Ctrl-C writes a checkpoint and leaves";
    private static readonly TimeSpan LeastBetweenDrawings = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly RunHeading _heading;
    private readonly Func<(int Width, int Height)> _size;
    private readonly TimeProvider _clock;
    private readonly ReturnHistory _history = new();
    private readonly List<string> _messages = [];
    private TrainingReport? _report;
    private LiveDisplayContext? _display;
    private bool _closed;
    private long _drawn;

    /// <param name="heading">What is trained.</param>
    /// <param name="size">Columns and rows of the terminal, asked at each drawing.</param>
    /// <param name="clock">Measures the time between drawings.</param>
    public LiveTable(RunHeading heading, Func<(int Width, int Height)> size, TimeProvider clock) =>
        (_heading, _size, _clock) = (heading, size, clock);

    /// <summary>Draws on a display from now on, at each report but at most four times a second.</summary>
    public void DrawOn(LiveDisplayContext display)
    {
        lock (_lock)
        {
            _display = display;
            Draw();
        }
    }

    /// <summary>Draws whatever came last, for the last time.</summary>
    public void DrawLast()
    {
        lock (_lock)
        {
            _closed = true;
            Draw();
        }
    }

    public void OnReport(TrainingReport report)
    {
        lock (_lock)
        {
            _report = report;
            if (report.MeanReturn100 is { } mean)
            {
                _history.Add(mean);
            }

            DrawIfDue();
        }
    }

    public void OnMessage(string message)
    {
        lock (_lock)
        {
            _messages.Add(PlainText.Line(message));
            _messages.RemoveRange(0, Math.Max(0, _messages.Count - MostMessages));
            Draw(); // messages are rare, and one of them answers Ctrl-C
        }
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        lock (_lock)
        {
            string? footer = _display is null ? null : _closed ? "" : Keys;
            (int width, int height) = _size();
            IRenderable view = LiveTableView.Build(_heading, _report, _history, [.. _messages], footer, Math.Min(maxWidth, width), height);
            return [.. view.Render(options, maxWidth)];
        }
    }

    private void DrawIfDue()
    {
        if (_clock.GetElapsedTime(_drawn) >= LeastBetweenDrawings)
        {
            Draw();
        }
    }

    private void Draw()
    {
        _drawn = _clock.GetTimestamp();
        _display?.Refresh();
    }
}
