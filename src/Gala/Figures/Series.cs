namespace Gala.Figures;

/// <summary>A line of a chart, with the range that it is the middle of.</summary>
/// <param name="Name">In the legend. Series of one name have one colour on all panels.</param>
/// <param name="Points">In order of X; Low and High may equal Y.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y, double Low, double High)> Points)
{
    /// <summary>The mean of several curves, and their range, at evenly spread places that all of them reach.</summary>
    /// <param name="name">In the legend.</param>
    /// <param name="curves">Points in order of X; empty curves are left out.</param>
    /// <param name="places">How many.</param>
    public static Series MeanOf(string name, IEnumerable<IReadOnlyList<(double X, double Y)>> curves, int places = 60) =>
        Of(name, curves, values => (values.Average(), values.Min(), values.Max()), places);

    /// <summary>A figure of several curves and its range, at evenly spread places that all of them reach.</summary>
    /// <param name="name">In the legend.</param>
    /// <param name="curves">Points in order of X; empty curves are left out.</param>
    /// <param name="sumUp">Makes the figure and the ends of its range of the curves' heights at one place.</param>
    /// <param name="places">How many.</param>
    public static Series Of(
        string name, IEnumerable<IReadOnlyList<(double X, double Y)>> curves, Func<double[], (double Y, double Low, double High)> sumUp, int places = 60)
    {
        ArgumentNullException.ThrowIfNull(sumUp);
        IReadOnlyList<(double X, double Y)>[] known = [.. curves.Where(curve => curve.Count > 0)];
        if (known.Length == 0)
        {
            return new Series(name, []);
        }

        double first = known.Max(curve => curve[0].X);
        double last = known.Min(curve => curve[^1].X);
        List<(double X, double Y, double Low, double High)> points = [];
        for (int i = 0; i < places && last >= first; i++)
        {
            double x = first + ((last - first) * i / (places - 1));
            double[] values = [.. known.Select(curve => At(curve, x))];
            (double y, double low, double high) = sumUp(values);
            points.Add((x, y, low, high));
        }

        return new Series(name, points);
    }

    /// <summary>A curve's height between its points.</summary>
    private static double At(IReadOnlyList<(double X, double Y)> curve, double x)
    {
        int next = 0;
        while (next < curve.Count - 1 && curve[next].X < x)
        {
            next++;
        }

        if (next == 0 || curve[next].X <= x)
        {
            return curve[next].Y;
        }

        (double X, double Y) before = curve[next - 1];
        return before.Y + ((curve[next].Y - before.Y) * (x - before.X) / (curve[next].X - before.X));
    }
}
