namespace Gala.Runs;

/// <summary>When reports are due: an interval after each other, and an interval after one that came late.</summary>
/// <remarks>A report that takes longer than the interval, or a process that was stopped for a while, does not make reports pile up.</remarks>
/// <param name="interval">Time between two reports.</param>
internal sealed class ReportSchedule(TimeSpan interval)
{
    private readonly TimeSpan _interval = interval;
    private TimeSpan _due = interval;

    /// <summary>How long to wait at most before the next look: not past the next report.</summary>
    /// <param name="elapsed">Time since the session's start.</param>
    /// <param name="poll">Longest wait.</param>
    public TimeSpan Patience(TimeSpan elapsed, TimeSpan poll)
    {
        TimeSpan left = _due - elapsed;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < poll ? left : poll;
    }

    /// <summary>Whether a report is due.</summary>
    /// <param name="elapsed">Time since the session's start.</param>
    public bool IsDue(TimeSpan elapsed) => elapsed >= _due;

    /// <summary>Plans the next report.</summary>
    /// <param name="elapsed">Time since the session's start, when the last report was done.</param>
    public void Reported(TimeSpan elapsed)
    {
        TimeSpan next = _due + _interval;
        _due = next > elapsed ? next : elapsed + _interval;
    }
}
