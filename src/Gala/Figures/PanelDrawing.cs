using System.Globalization;
using System.Text;

namespace Gala.Figures;

/// <summary>Draws one panel into a picture.</summary>
internal sealed class PanelDrawing
{
    private const double Left = 48;
    private const double Right = 14;
    private const double Top = 24;
    private const double Bottom = 40;

    private readonly StringBuilder _svg;
    private readonly Panel _panel;
    private readonly IReadOnlyList<Series> _series; // of points that have a place
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly (double X, double Y, double Width, double Height) _area;

    /// <summary>Prepares a panel.</summary>
    /// <param name="svg">Appended to.</param>
    /// <param name="panel">What to draw.</param>
    /// <param name="left">Of the panel with its labels.</param>
    /// <param name="top">Of the panel with its labels.</param>
    /// <param name="width">Of the panel with its labels.</param>
    /// <param name="height">Of the panel with its labels.</param>
    public PanelDrawing(StringBuilder svg, Panel panel, double left, double top, double width, double height)
    {
        (_svg, _panel) = (svg, panel);
        _series = [.. panel.Series.Select(series => series with { Points = [.. series.Points.Where(point => HasPlace(panel, point))] })];
        _x = new Axis(panel.Series.SelectMany(series => series.Points).Select(point => point.X), panel.LogarithmicX);
        _y = new Axis(panel.Series.SelectMany(series => series.Points).SelectMany(point => (double[])[point.Low, point.High]), panel.LogarithmicY);
        _area = (left + Left, top + Top, width - Left - Right, height - Top - Bottom);
    }

    /// <summary>Draws it.</summary>
    /// <param name="colourOf">The colour of a series' name.</param>
    public void Draw(Func<string, string> colourOf)
    {
        DrawAxes();
        foreach (Series series in _series.Where(series => series.Points.Count > 0))
        {
            string colour = colourOf(series.Name);
            string range = Path([.. series.Points.Select(point => (point.X, point.High)), .. series.Points.Reverse().Select(point => (point.X, point.Low))]);
            ChartSheet.Append(_svg, $"""<path d="{range}Z" fill="{colour}" fill-opacity="0.15"/>""");
            // Round ends, so that a series of a single point is a dot and not nothing.
            ChartSheet.Append(_svg, $"""<path d="{Path([.. series.Points.Select(point => (point.X, point.Y))])}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-linecap="round"/>""");
        }
    }

    private static bool HasPlace(Panel panel, (double X, double Y, double Low, double High) point) =>
        HasPlace(point.X, panel.LogarithmicX) && new[] { point.Y, point.Low, point.High }.All(value => HasPlace(value, panel.LogarithmicY));

    private static bool HasPlace(double value, bool logarithmic) => double.IsFinite(value) && (!logarithmic || value > 0);

    private void DrawAxes()
    {
        double bottom = _area.Y + _area.Height;
        double middle = _area.X + (_area.Width / 2);
        ChartSheet.Append(_svg, $"""<text x="{_area.X:0.#}" y="{_area.Y - 8:0.#}" font-weight="bold" fill="#222222">{SvgText.Escape(_panel.Title)}</text>""");
        foreach (double tick in _y.Ticks)
        {
            double y = bottom - (_y.Place(tick) * _area.Height);
            ChartSheet.Append(_svg, $"""<path d="M{_area.X:0.#} {y:0.#}h{_area.Width:0.#}" stroke="#dddddd"/>""");
            ChartSheet.Append(_svg, $"""<text x="{_area.X - 5:0.#}" y="{y + 4:0.#}" text-anchor="end" fill="#555555">{Axis.Text(tick)}</text>""");
        }

        foreach (double tick in _x.Ticks)
        {
            double x = _area.X + (_x.Place(tick) * _area.Width);
            ChartSheet.Append(_svg, $"""<path d="M{x:0.#} {bottom:0.#}v4" stroke="#888888"/>""");
            ChartSheet.Append(_svg, $"""<text x="{x:0.#}" y="{bottom + 16:0.#}" text-anchor="middle" fill="#555555">{Axis.Text(tick)}</text>""");
        }

        ChartSheet.Append(_svg, $"""<path d="M{_area.X:0.#} {_area.Y:0.#}V{bottom:0.#}h{_area.Width:0.#}" fill="none" stroke="#888888"/>""");
        ChartSheet.Append(_svg, $"""<text x="{middle:0.#}" y="{bottom + 32:0.#}" text-anchor="middle" fill="#222222">{SvgText.Escape(_panel.XAxis)}</text>""");
        double turned = _area.X - 38;
        double half = _area.Y + (_area.Height / 2);
        ChartSheet.Append(_svg, $"""<text x="{turned:0.#}" y="{half:0.#}" text-anchor="middle" fill="#222222" transform="rotate(-90 {turned:0.#} {half:0.#})">{SvgText.Escape(_panel.YAxis)}</text>""");
    }

    private string Path(IReadOnlyList<(double X, double Y)> points)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in points)
        {
            double across = _area.X + (_x.Place(x) * _area.Width);
            double down = _area.Y + _area.Height - (_y.Place(y) * _area.Height);
            path.Append(path.Length == 0 ? 'M' : 'L').Append(string.Create(CultureInfo.InvariantCulture, $"{across:0.#} {down:0.#}"));
        }

        return path.ToString();
    }
}
