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

        string directory = ShellText.Quote(outcome.Directory);
        output.WriteLine($"  run       {outcome.Directory}");
        if (summary.Frames == 0)
        {
            output.WriteLine("  again     nothing was trained: delete the folder, or start in another one");
            return;
        }

        if (outcome.Interrupted)
        {
            output.WriteLine($"  resume    gala resume {directory}");
        }

        output.WriteLine($"  evaluate  gala evaluate {directory}");
        output.WriteLine($"  watch     gala watch {directory}");
        string more = HumanNumber.Format(summary.Frames * 2);
        OptionCatalog.FindName("--frames")!.Apply(new RunOptions(), more, out string? problem); // a run has not more than so many
        if (!outcome.Interrupted && problem is null)
        {
            output.WriteLine($"  go on     gala resume {directory} --frames {more}");
        }
    }
}
