using Gala.Runs;

namespace Gala.Cli.Display;

/// <summary>The last lines of a session: what came of it and what can be done next.</summary>
internal static class OutcomeLines
{
    public static void Write(TextWriter output, TrainingOutcome outcome)
    {
        RunSummary summary = outcome.Summary;
        output.WriteLine();
        output.WriteLine($"{(outcome.Interrupted ? "Stopped" : "Done")} after {NumberText.Whole(summary.Frames)} frames "
            + $"in {NumberText.Duration(TimeSpan.FromSeconds(summary.WallSeconds))} ({NumberText.Whole(summary.FramesPerSecond)} frames/s)");
        output.WriteLine($"  return    {NumberText.Return(summary.MeanReturn100)} over the last 100 episodes, best {NumberText.Return(summary.BestMeanReturn100)}");
        foreach (FailedAgent failed in summary.FailedAgents)
        {
            output.WriteLine($"  warning   trained on without {failed.Name}, which failed: {failed.Reason}");
        }

        string directory = Quoted(outcome.Directory);
        output.WriteLine($"  run       {outcome.Directory}");
        if (outcome.Interrupted)
        {
            output.WriteLine($"  resume    gala resume {directory}");
        }

        output.WriteLine($"  evaluate  gala evaluate {directory}");
        output.WriteLine($"  watch     gala watch {directory}");
        if (!outcome.Interrupted)
        {
            output.WriteLine($"  go on     gala resume {directory} --frames {HumanNumber.Format(summary.Frames * 2)}");
        }
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
