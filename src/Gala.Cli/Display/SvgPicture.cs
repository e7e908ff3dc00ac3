using System.Globalization;
using System.Text;
using Gala.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Display;

/// <summary>Draws what a terminal would show as an SVG picture.</summary>
internal static class SvgPicture
{
    private const double CellWidth = 8.4;
    private const double CellHeight = 19;
    private const double Margin = 16;
    private const double TitleHeight = 34;
    private const string Background = "#16181d";
    private const string Ink = "#d6d9df";
    private static readonly string[] Dots = ["#ff5f57", "#febc2e", "#28c840"];

    /// <summary>The picture of some content in a window.</summary>
    /// <param name="content">Rendered once, in full colour.</param>
    /// <param name="columns">Width of the terminal.</param>
    /// <param name="title">Stands in the window's title bar.</param>
    public static string Draw(IRenderable content, int columns, string title)
    {
        List<List<Segment>> lines = Lines(content, columns);
        double width = (2 * Margin) + (columns * CellWidth);
        double height = TitleHeight + Margin + (lines.Count * CellHeight);
        StringBuilder svg = new();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.#} {height:0.#}" width="{width:0.#}" height="{height:0.#}">""");
        Append(svg, $"""<rect width="{width:0.#}" height="{height:0.#}" rx="8" fill="{Background}"/>""");
        foreach ((int index, string dot) in Dots.Index())
        {
            Append(svg, $"""<circle cx="{20 + (index * 18)}" cy="17" r="5.5" fill="{dot}"/>""");
        }

        const string Font = "font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"14\"";
        Append(svg, $"""<g {Font} fill="{Ink}"><text x="{width / 2:0.#}" y="22" text-anchor="middle" fill="#8a8f98">{SvgText.Escape(title)}</text>""");
        for (int row = 0; row < lines.Count; row++)
        {
            AppendLine(svg, lines[row], TitleHeight + (row * CellHeight));
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static List<List<Segment>> Lines(IRenderable content, int columns)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new SizedOutput(TextWriter.Null, () => (columns, 100)),
        });
        console.Profile.Capabilities.Unicode = true;
        List<List<Segment>> lines = [[]];
        foreach (Segment segment in content.GetSegments(console).Where(segment => !segment.IsControlCode))
        {
            string[] parts = segment.Text.Split('\n'); // not SplitLines: it misses breaks that are not marked as such
            lines[^1].Add(new Segment(parts[0], segment.Style));
            lines.AddRange(parts.Skip(1).Select(part => new List<Segment> { new(part, segment.Style) }));
        }

        return lines[^1].All(segment => segment.Text.Length == 0) ? lines[..^1] : lines;
    }

    private static void AppendLine(StringBuilder svg, List<Segment> line, double top)
    {
        int column = 0;
        foreach (Segment segment in line)
        {
            double left = Margin + (column * CellWidth);
            Color background = segment.Style.Background;
            if (background != Color.Default)
            {
                Append(svg, $"""<rect x="{left:0.#}" y="{top:0.#}" width="{segment.Text.Length * CellWidth:0.#}" height="{CellHeight}" fill="#{background.ToHex()}"/>""");
            }

            AppendWords(svg, segment, column, top);
            column += segment.Text.Length;
        }
    }

    /// <summary>Each word stands at its own cell, so that the picture does not depend on the width of a font's spaces.</summary>
    private static void AppendWords(StringBuilder svg, Segment segment, int column, double top)
    {
        Color color = segment.Style.Foreground;
        string fill = color != Color.Default ? $" fill=\"#{color.ToHex()}\"" : "";
        string weight = segment.Style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "";
        int at = 0;
        foreach (string word in segment.Text.Split(' '))
        {
            if (word.Length > 0)
            {
                Append(svg, $"""<text x="{Margin + ((column + at) * CellWidth):0.#}" y="{top + 14:0.#}" textLength="{word.Length * CellWidth:0.#}" lengthAdjust="spacingAndGlyphs"{fill}{weight}>{SvgText.Escape(word)}</text>""");
            }

            at += word.Length + 1;
        }
    }

    private static void Append(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
