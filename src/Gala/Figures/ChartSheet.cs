using System.Globalization;
using System.Text;

namespace Gala.Figures;

/// <summary>Panels side by side under one legend, as an SVG picture that reads on light and on dark pages.</summary>
/// <param name="Title">Of the whole.</param>
/// <param name="Panels">In order of reading.</param>
public sealed record ChartSheet(string Title, IReadOnlyList<Panel> Panels) : IPicture
{
    private const int PanelsInRow = 3;
    private const double PanelWidth = 300;
    private const double PanelHeight = 220;
    private const double LegendHeight = 54;

    // Told apart by readers with any colour vision (Okabe and Ito 2008).
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a8a"];

    /// <inheritdoc />
    public string ToSvg()
    {
        string[] names = [.. Panels.SelectMany(panel => panel.Series).Select(series => series.Name).Distinct()];
        int columns = Math.Min(PanelsInRow, Math.Max(1, Panels.Count));
        int rows = (Panels.Count + columns - 1) / columns;
        (double width, double height) = (columns * PanelWidth, LegendHeight + (rows * PanelHeight));
        StringBuilder svg = new();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui,'DejaVu Sans',sans-serif" font-size="11">""");
        Append(svg, $"""<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>""");
        Append(svg, $"""<text x="12" y="20" font-size="14" font-weight="bold" fill="#222222">{SvgText.Escape(Title)}</text>""");
        AppendLegend(svg, names);
        for (int i = 0; i < Panels.Count; i++)
        {
            new PanelDrawing(svg, Panels[i], i % columns * PanelWidth, LegendHeight + (i / columns * PanelHeight), PanelWidth, PanelHeight)
                .Draw(name => Colours[Array.IndexOf(names, name) % Colours.Length]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Adds a line, its numbers written as everywhere in the world of SVG.</summary>
    internal static void Append(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void AppendLegend(StringBuilder svg, string[] names)
    {
        const double CharacterWidth = 6.6;
        double left = 12;
        for (int i = 0; i < names.Length; i++)
        {
            Append(svg, $"""<rect x="{left:0.#}" y="34" width="14" height="4" fill="{Colours[i % Colours.Length]}"/>""");
            Append(svg, $"""<text x="{left + 19:0.#}" y="40" fill="#222222">{SvgText.Escape(names[i])}</text>""");
            left += 36 + (names[i].Length * CharacterWidth);
        }
    }
}
