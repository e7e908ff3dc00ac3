using System.Globalization;
using Gala.Cli.Display;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Watch;

/// <summary>A moment of a play, drawn for a terminal: what is seen on the left, what is thought on the right.</summary>
internal static class WatchView
{
    private const int BarWidth = 16;
    private const int MostVectorRows = 12;
    private const int LegendColumns = 2;

    /// <param name="frame">The moment.</param>
    /// <param name="footer">One line below, such as the keys; may be empty.</param>
    public static IRenderable Build(WatchFrame frame, string footer)
    {
        Grid sides = new();
        sides.AddColumn(new GridColumn { Padding = new Padding(1, 0, 3, 0), NoWrap = true });
        sides.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0), NoWrap = true });
        sides.AddRow(Seen(frame), Thought(frame));
        return new Rows(
            new Markup($" [bold {Shade.Accent}]{Markup.Escape(frame.Spec.Id)}[/]  [{Shade.Quiet}]{Markup.Escape(frame.Player)}[/]"),
            Text.Empty,
            sides,
            new Markup($" [{Shade.Quiet}]{Markup.Escape(footer)}[/]"));
    }

    private static Rows Seen(WatchFrame frame) => frame.Spec.Observation.IsVector
        ? VectorOf(frame)
        : new Rows(new BoardView(frame), Text.Empty, Legend(frame));

    private static Rows VectorOf(WatchFrame frame)
    {
        Grid numbers = new();
        numbers.AddColumn(new GridColumn { Padding = new Padding(0, 0, 2, 0) });
        numbers.AddColumn(new GridColumn { Alignment = Justify.Right, Padding = new Padding(0, 0, 0, 0) });
        for (int i = 0; i < Math.Min(frame.Observation.Length, MostVectorRows); i++)
        {
            numbers.AddRow($"[{Shade.Quiet}]{Markup.Escape(frame.ChannelName(i))}[/]", Number(frame.Observation[i]));
        }

        string more = frame.Observation.Length > MostVectorRows ? $"and {frame.Observation.Length - MostVectorRows} more" : "";
        return frame.Spec.Id == CartPoleSketch.Id
            ? new Rows(new Text(string.Join('\n', CartPoleSketch.Draw(frame.Observation[0], frame.Observation[2]))), Text.Empty, numbers)
            : new Rows(numbers, new Text(more));
    }

    private static Grid Legend(WatchFrame frame)
    {
        ChannelLook look = new(frame.Spec);
        Grid legend = new();
        for (int column = 0; column < LegendColumns; column++)
        {
            legend.AddColumn(new GridColumn { Padding = new Padding(0, 0, 1, 0), NoWrap = true });
        }

        Markup[] entries = [.. Enumerable.Range(0, frame.Spec.Observation.Channels).Select(channel =>
            new Markup($"[on #{look.Color(channel).ToHex()}]  [/] [{Shade.Quiet}]{Markup.Escape(frame.ChannelName(channel))}[/]"))];
        foreach (Markup[] row in entries.Chunk(LegendColumns))
        {
            legend.AddRow(row);
        }

        return legend;
    }

    private static Rows Thought(WatchFrame frame)
    {
        Grid facts = new();
        facts.AddColumn(new GridColumn { Width = 8, Padding = new Padding(0, 0, 2, 0) });
        facts.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0), NoWrap = true });
        string mean = frame.MeanReturn is { } value ? $"  [{Shade.Quiet}]mean {Number(value)}[/]" : "";
        Fact("episode", $"{NumberText.Whole(frame.Episode)}{mean}");
        Fact("step", NumberText.Whole(frame.Step));
        Fact("reward", frame.Reward == 0 ? "0" : $"[bold {(frame.Reward > 0 ? Shade.Good : Shade.Bad)}]{Number(frame.Reward)}[/]");
        Fact("return", $"[bold]{Number(frame.Return)}[/]");
        Fact("value", Number(frame.Value));
        return new Rows(facts, Text.Empty, frame.Action is null ? new Markup($"[{Shade.Warm}]the episode is over[/]") : Actions(frame));

        void Fact(string name, string text) => facts.AddRow($"[{Shade.Quiet}]{name}[/]", text);
    }

    private static Grid Actions(WatchFrame frame)
    {
        Grid actions = new();
        actions.AddColumn(new GridColumn { Padding = new Padding(0, 0, 2, 0), NoWrap = true });
        actions.AddColumn(new GridColumn { Width = BarWidth, Padding = new Padding(0, 0, 2, 0), NoWrap = true });
        actions.AddColumn(new GridColumn { Width = 4, Alignment = Justify.Right, Padding = new Padding(0, 0, 0, 0), NoWrap = true });
        for (int action = 0; action < frame.Probabilities.Length; action++)
        {
            bool chosen = action == frame.Action;
            string shade = chosen ? $"bold {Shade.Good}" : Shade.Quiet;
            int length = (int)Math.Round(Math.Clamp(frame.Probabilities[action], 0, 1) * BarWidth);
            string bar = $"[{(chosen ? Shade.Good : Shade.Accent)}]{new string('━', length)}[/][{Shade.Faint}]{new string('━', BarWidth - length)}[/]";
            string percent = string.Create(CultureInfo.InvariantCulture, $"{frame.Probabilities[action] * 100:0}%");
            actions.AddRow($"[{shade}]{(chosen ? "> " : "  ")}{Markup.Escape(frame.ActionName(action))}[/]", bar, percent);
        }

        return actions;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
