using Gala.Cli.Display;
using Spectre.Console;

namespace Gala.Cli.Watch;

/// <summary>Shows a play: drawn in place in a terminal, as plain frames elsewhere.</summary>
internal sealed class WatchSession(GalaConsole console, WatchPlan plan, Play play)
{
    private const int PictureWidth = 80;

    /// <summary>Plays until the plan is done or someone has had enough.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        using Interruption interruption = new(console, () => { });
        WatchFrame last = console.IsTerminal ? RunLive(interruption.Token) : RunPlain(interruption.Token);
        if (plan.Picture is { } file)
        {
            File.WriteAllText(file, SvgPicture.Draw(WatchView.Build(last, ""), PictureWidth, "gala watch"));
        }

        return interruption.Token.IsCancellationRequested ? interruption.ExitCode : 0;
    }

    /// <summary>Also where nobody can see any more of it.</summary>
    private bool IsDone => play.Ended >= plan.Episodes || play.Steps >= plan.Steps || console.OutputFailure is not null;

    private WatchFrame RunLive(CancellationToken stop)
    {
        WatchPace pace = new(console, plan.StepsPerSecond, stop);
        WatchFrame frame = play.Next();
        LiveDisplay display = console.Drawing().Live(WatchView.Build(frame, pace.Footer));
        display.Overflow = VerticalOverflow.Crop;
        return display.Start(context =>
        {
            Draw();
            while (!pace.IsOver && !IsDone)
            {
                pace.Wait(Draw);
                if (!pace.IsOver)
                {
                    frame = play.Next();
                    Draw();
                }
            }

            return frame;

            void Draw() => context.UpdateTarget(WatchView.Build(frame, pace.Footer));
        });
    }

    private WatchFrame RunPlain(CancellationToken stop)
    {
        WatchFrame frame = play.Next();
        PlainFrame.WriteLegend(console.Out, frame);
        PlainFrame.Write(console.Out, frame);
        while (!stop.IsCancellationRequested && !IsDone)
        {
            frame = play.Next();
            PlainFrame.Write(console.Out, frame);
        }

        return frame;
    }
}
