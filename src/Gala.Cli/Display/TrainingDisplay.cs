using Gala.Runs;
using Spectre.Console;

namespace Gala.Cli.Display;

/// <summary>Trains under the eyes of a person or a log, heeds Ctrl-C, and says at the end what can be done next.</summary>
internal sealed class TrainingDisplay
{
    private const int PictureWidth = 92;
    private const int PictureHeight = 40;
    private const string EraseLine = "\e[2K";
    private const string Stopping = "stopping: the checkpoint is being written; Ctrl-C again leaves at once";

    private readonly GalaConsole _console;
    private readonly RunHeading _heading;
    private readonly bool _live;
    private readonly string? _picture;

    /// <param name="console">Where to show it.</param>
    /// <param name="options">What is trained, if known.</param>
    /// <param name="quiet">Plain lines even in a terminal.</param>
    /// <param name="picture">File for a picture of the last live table, or null.</param>
    public TrainingDisplay(GalaConsole console, RunOptions? options, bool quiet, string? picture)
    {
        (_console, _heading, _picture) = (console, RunHeading.Of(options), picture);
        _live = console.IsTerminal && !quiet;
    }

    /// <summary>Trains to the end.</summary>
    /// <param name="train">Given observers and a request to stop.</param>
    /// <returns>The exit code.</returns>
    public int Run(Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingOutcome> train)
    {
        LiveTable? pictured = _picture is null ? null : new LiveTable(_heading, () => (PictureWidth, PictureHeight), TimeProvider.System);
        IReadOnlyList<ITrainingObserver> others = pictured is null ? [] : [pictured];
        (TrainingOutcome outcome, int exitCode) = _live ? RunLive(train, others) : RunPlain(train, others);
        OutcomeLines.Write(_console.Out, outcome);
        return pictured is null || TryWrite(pictured) || exitCode != 0 ? exitCode : ErrorReport.Failed;
    }

    /// <summary>Whether the picture could be written. Nothing of the run depends on it.</summary>
    private bool TryWrite(LiveTable pictured)
    {
        try
        {
            File.WriteAllText(_picture!, SvgPicture.Draw(pictured, PictureWidth, "gala train"));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            ErrorReport.WriteLine(_console.Error, $"--picture: {exception.Message}");
            return false;
        }
    }

    private (TrainingOutcome Outcome, int ExitCode) RunLive(
        Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingOutcome> train, IReadOnlyList<ITrainingObserver> others)
    {
        LiveTable table = new(_heading, _console.Size, TimeProvider.System);
        LiveDisplay display = _console.Drawing().Live(table);
        display.Overflow = VerticalOverflow.Crop;
        return display.Start(context =>
        {
            table.DrawOn(context);
            using Interruption interruption = new(_console, () =>
            {
                _console.Out.Write(EraseLine); // with the ^C that the terminal echoed
                table.OnMessage(Stopping);
            });
            TrainingOutcome outcome = train([table, .. others], interruption.Token);
            table.DrawLast();
            return (outcome, outcome.Interrupted ? interruption.ExitCode : 0);
        });
    }

    private (TrainingOutcome Outcome, int ExitCode) RunPlain(
        Func<IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingOutcome> train, IReadOnlyList<ITrainingObserver> others)
    {
        PlainLines lines = new(_console.Out, _heading);
        using Interruption interruption = new(_console, () => lines.OnMessage(Stopping));
        TrainingOutcome outcome = train([lines, .. others], interruption.Token);
        lines.PrintLast();
        return (outcome, outcome.Interrupted ? interruption.ExitCode : 0);
    }
}
