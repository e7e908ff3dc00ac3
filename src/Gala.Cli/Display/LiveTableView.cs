using System.Text;
using Gala.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Display;

/// <summary>Lays out the live table for a terminal's size.</summary>
internal static class LiveTableView
{
    private const int Widest = 120;
    private const int Narrowest = 40;
    private const int FixedRows = 13; // everything but agents and messages

    /// <param name="heading">What is trained.</param>
    /// <param name="report">How it stands; null before the first report.</param>
    /// <param name="history">Of the mean return.</param>
    /// <param name="messages">The last ones, a line each.</param>
    /// <param name="footer">The last line; null for none.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal.</param>
    public static IRenderable Build(
        RunHeading heading,
        TrainingReport? report,
        ReturnHistory history,
        IReadOnlyList<string> messages,
        string? footer,
        int width,
        int height)
    {
        width = Math.Clamp(width, Narrowest, Widest) - 3; // room for the ^C that terminals echo, so that it does not break the line
        List<IRenderable> rows = [Heading(heading, width)];
        if (report is null)
        {
            rows.Add(Line($" [{Shade.Quiet}]starting[/]"));
        }
        else
        {
            rows.Add(Progress(report, width));
            rows.Add(Text.Empty);
            rows.Add(MeasurementGrid.Build(report, history, width));
            rows.Add(Text.Empty);
            rows.Add(AgentTable.Build([.. report.Agents, .. report.Helpers], width, Math.Max(1, height - FixedRows - messages.Count)));
        }

        IEnumerable<string> last = footer is null ? messages : messages.Append(footer);
        rows.AddRange(last.Select(text => Line($" [{Shade.Quiet}]{Markup.Escape(Shorten(text, width - 1))}[/]")));
        return new Rows(rows);
    }

    /// <summary>As many facts as fit on the line.</summary>
    private static Markup Heading(RunHeading heading, int width)
    {
        string environment = Shorten(heading.Environment, width - 2);
        StringBuilder line = new($" [bold {Shade.Accent}]{Markup.Escape(environment)}[/]");
        int left = width - 1 - environment.Length;
        foreach (string fact in heading.Facts.TakeWhile(fact => (left -= fact.Length + 2) >= 0))
        {
            line.Append("  [").Append(Shade.Quiet).Append(']').Append(Markup.Escape(fact)).Append("[/]");
        }

        return Line(line.ToString());
    }

    private static Markup Progress(TrainingReport report, int width)
    {
        double share = report.TargetFrames > 0 ? Math.Clamp((double)report.Frames / report.TargetFrames, 0, 1) : 0;
        string left = report.Remaining is { } remaining && share < 1 ? $"{NumberText.Duration(remaining)} left" : NumberText.Duration(report.Elapsed);
        string numbers = $"{NumberText.Whole(report.Frames)} / {NumberText.Count(report.TargetFrames)} frames  {NumberText.WholePercent(share)}  {left}";
        int bar = Math.Max(4, width - numbers.Length - 4);
        int full = (int)Math.Round(share * bar);
        return Line($" [{Shade.Accent}]{new string('━', full)}[/][{Shade.Faint}]{new string('━', bar - full)}[/]  {numbers}");
    }

    private static Markup Line(string markup) => new(markup);

    private static string Shorten(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";
}
