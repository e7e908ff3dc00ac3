using System.Globalization;
using System.Text;

namespace Gala.Figures;

/// <summary>Heat maps side by side, each cell with its number.</summary>
/// <param name="Title">Of the whole.</param>
/// <param name="Maps">In order of reading.</param>
public sealed record HeatMapSheet(string Title, IReadOnlyList<HeatMap> Maps) : IPicture
{
    private const int MapsInRow = 3;
    private const double Margin = 16;
    private const double Cell = 52;
    private const double Heading = 34;
    private const double RowNames = 76; // width, where there are any
    private const double ColumnNames = 16; // height, likewise

    /// <inheritdoc />
    public string ToSvg()
    {
        int columns = Math.Min(MapsInRow, Math.Max(1, Maps.Count));
        int rows = (Maps.Count + columns - 1) / columns;
        double wide = Maps.Max(map => (map.Rows.Count > 0 ? RowNames : 0) + (map.Values.Max(row => row.Count) * Cell));
        double high = Maps.Max(map => (map.Columns.Count > 0 ? ColumnNames : 0) + (map.Values.Count * Cell));
        (double mapWidth, double mapHeight) = (Math.Max(wide, 240) + Margin, high + Heading + Margin);
        (double width, double height) = ((columns * mapWidth) + Margin, 34 + (rows * mapHeight));
        StringBuilder svg = new();
        ChartSheet.Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui,'DejaVu Sans',sans-serif" font-size="11">""");
        ChartSheet.Append(svg, $"""<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>""");
        ChartSheet.Append(svg, $"""<text x="{Margin}" y="22" font-size="14" font-weight="bold" fill="#222222">{SvgText.Escape(Title)}</text>""");
        for (int i = 0; i < Maps.Count; i++)
        {
            Append(svg, Maps[i], Margin + (i % columns * mapWidth), 34 + (i / columns * mapHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, HeatMap map, double left, double top)
    {
        ChartSheet.Append(svg, $"""<text x="{left}" y="{top + 18}" font-weight="bold" fill="#222222">{SvgText.Escape(map.Title)}</text>""");
        AppendNames(svg, map, left, top + Heading - 6);
        left += map.Rows.Count > 0 ? RowNames : 0;
        for (int row = 0; row < map.Values.Count; row++)
        {
            for (int column = 0; column < map.Values[row].Count; column++)
            {
                double value = map.Values[row][column];
                (double x, double y) = (left + (column * Cell), top + Heading - 6 + (row * Cell));
                string ink = value > 0.5 ? "#ffffff" : "#222222";
                string number = value.ToString("0.00", CultureInfo.InvariantCulture);
                ChartSheet.Append(svg, $"""<rect x="{x}" y="{y}" width="{Cell}" height="{Cell}" fill="{Colour(value)}" stroke="#ffffff"/>""");
                ChartSheet.Append(svg, $"""<text x="{x + (Cell / 2)}" y="{y + (Cell / 2) + 4}" text-anchor="middle" fill="{ink}">{number}</text>""");
            }
        }
    }

    private static void AppendNames(StringBuilder svg, HeatMap map, double left, double top)
    {
        foreach ((int row, string name) in map.Rows.Index())
        {
            ChartSheet.Append(svg, $"""<text x="{left + RowNames - 6}" y="{top + (row * Cell) + (Cell / 2) + 4}" text-anchor="end" fill="#555555">{SvgText.Escape(name)}</text>""");
        }

        double start = left + (map.Rows.Count > 0 ? RowNames : 0);
        foreach ((int column, string name) in map.Columns.Index())
        {
            ChartSheet.Append(svg, $"""<text x="{start + (column * Cell) + (Cell / 2)}" y="{top + (map.Values.Count * Cell) + 14}" text-anchor="middle" fill="#555555">{SvgText.Escape(name)}</text>""");
        }
    }

    /// <summary>From white to dark blue, each step darker, so that it reads without colours too.</summary>
    private static string Colour(double value)
    {
        double dark = Math.Clamp(value, 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"#{Part(245, 8):x2}{Part(248, 48):x2}{Part(252, 107):x2}");

        int Part(int light, int full) => (int)Math.Round(light + ((full - light) * dark));
    }
}
