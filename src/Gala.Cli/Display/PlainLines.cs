using Gala.Runs;

namespace Gala.Cli.Display;

/// <summary>A run as lines of plain ASCII, at growing intervals: for files, pipes and logs.</summary>
/// <remarks>Reports come from the run's thread, a request to stop from a signal's: the lock covers all state and every line.</remarks>
internal sealed class PlainLines : ITrainingObserver
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private TrainingReport? _unprinted;
    private TimeSpan _next;

    public PlainLines(TextWriter output, RunHeading heading)
    {
        _output = output;
        _output.WriteLine(string.Join(", ", [heading.Environment, .. heading.Facts]));
    }

    public void OnReport(TrainingReport report)
    {
        lock (_lock)
        {
            _unprinted = report;
            if (report.Elapsed >= _next || report.Frames >= report.TargetFrames)
            {
                PrintLast();
            }
        }
    }

    public void OnMessage(string message)
    {
        lock (_lock)
        {
            _output.WriteLine(PlainText.Line(message));
        }
    }

    /// <summary>Prints the newest report unless that was done.</summary>
    public void PrintLast()
    {
        lock (_lock)
        {
            if (_unprinted is not { } report)
            {
                return;
            }

            _output.WriteLine(Line(report));
            _unprinted = null;
            TimeSpan interval = report.Elapsed / 10;
            _next = report.Elapsed + (interval < ShortestInterval ? ShortestInterval : interval > LongestInterval ? LongestInterval : interval);
        }
    }

    private static string Line(TrainingReport report)
    {
        double share = report.TargetFrames > 0 ? (double)report.Frames / report.TargetFrames : 0;
        List<string> parts =
        [
            $"{NumberText.Duration(report.Elapsed)}",
            $"frames {NumberText.Whole(report.Frames)} ({NumberText.WholePercent(share)})",
            $"{NumberText.Whole(report.FramesPerSecond)}/s",
            $"return {NumberText.Return(report.MeanReturn100)} (best {NumberText.Return(report.BestMeanReturn100)})",
            $"episodes {NumberText.Whole(report.Episodes)}",
            $"entropy {NumberText.Real(report.Entropy)}",
            $"policy loss {NumberText.Real(report.PolicyLoss)}",
            $"value loss {NumberText.Real(report.ValueLoss)}",
            $"explained variance {NumberText.Real(report.ExplainedVariance)}",
            $"gradient norm {NumberText.Real(report.GradientNorm)}",
        ];
        if (report.RefusedUpdates > 0)
        {
            parts.Add($"refused updates {NumberText.Whole(report.RefusedUpdates)}");
        }

        if (report.RefusedMessages > 0)
        {
            parts.Add($"refused messages {NumberText.Whole(report.RefusedMessages)}");
        }

        if (report.FailedAgents.Count > 0)
        {
            parts.Add($"failed agents {NumberText.Whole(report.FailedAgents.Count)}");
        }

        if (report.Agents.Count > 1)
        {
            parts.Add($"distance {NumberText.Real(report.Consensus.MaxDistance)} "
                + $"({NumberText.Percent(report.Consensus.RelativeDistance)}, bound {NumberText.Bound(report.Consensus)})");
        }

        if (report.Returns is { } returns)
        {
            parts.Add($"normalised {NumberText.Return(returns.Normalized)}");
            parts.AddRange(returns.MeanReturn100.Select(one => $"{one.Key} {NumberText.Return(one.Value)}"));
        }

        parts.AddRange(report.Gauges.Select(gauge => $"{gauge.Caption} {NumberText.Real(gauge.Value)}"));
        if (report.Remaining is { } remaining && share < 1)
        {
            parts.Add($"{NumberText.Duration(remaining)} left");
        }

        return string.Join("  ", parts);
    }
}
