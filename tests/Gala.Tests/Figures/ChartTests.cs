using System.Xml.Linq;
using Gala.Figures;

namespace Gala.Tests.Figures;

public sealed class ChartTests
{
    [Fact]
    public void MeanOf_CurvesOfDifferentPlaces_IsInterpolatedWhereAllReach()
    {
        Series mean = Series.MeanOf("both", [[(0, 0), (10, 10)], [(2, 4), (12, 4)], []], places: 5);

        Assert.Equal([2, 4, 6, 8, 10], mean.Points.Select(point => point.X));
        Assert.Equal([3, 4, 5, 6, 7], mean.Points.Select(point => point.Y));
        Assert.Equal([2, 4, 4, 4, 4], mean.Points.Select(point => point.Low));
        Assert.Equal([4, 4, 6, 8, 10], mean.Points.Select(point => point.High));
    }

    [Fact]
    public void MeanOf_NoCurves_HasNoPoints() => Assert.Empty(Series.MeanOf("none", [[]]).Points);

    [Theory]
    [InlineData(new double[] { 1, 9.3 }, new double[] { 0, 2, 4, 6, 8, 10 })]
    [InlineData(new double[] { -3, 40 }, new double[] { -10, 0, 10, 20, 30, 40 })]
    [InlineData(new double[] { 5, 5 }, new double[] { 0, 1, 2, 3, 4, 5 })]
    public void Axis_Linear_HasRoundTicksAroundAllValues(double[] values, double[] ticks)
    {
        Axis axis = new(values, logarithmic: false);

        Assert.Equal(ticks, axis.Ticks);
        Assert.Equal(0, axis.Place(ticks[0]));
        Assert.Equal(1, axis.Place(ticks[^1]));
    }

    [Fact]
    public void Axis_Logarithmic_MarksPowersInside()
    {
        Assert.Equal([10, 100, 1_000], new Axis([5, 2_000], logarithmic: true).Ticks);
        Assert.Equal([2, 4, 8, 16], new Axis([2, 16, -1], logarithmic: true).Ticks);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_500_000, "1.5m")]
    [InlineData(250_000, "250k")]
    [InlineData(0.02, "0.02")]
    [InlineData(0.00004, "4e-5")]
    public void AxisText_AnySize_IsShort(double value, string text) => Assert.Equal(text, Axis.Text(value));

    [Fact]
    public void ToSvg_TwoPanels_IsXmlWithALineAndARangeForEachSeriesThatHasPoints()
    {
        Series line = Series.MeanOf("a<b", [[(0, 1), (1, 2)]]);
        ChartSheet sheet = new("T & U", [new Panel("one", "x", "y", [line, new Series("empty", [])]), new Panel("two", "x", "y", [line])]);

        XDocument svg = XDocument.Parse(sheet.ToSvg());

        string[] fills = [.. svg.Descendants().Where(element => element.Attribute("fill-opacity") is not null).Select(element => element.Attribute("fill")!.Value)];
        Assert.Equal(2, fills.Length);
        Assert.Single(fills.Distinct());
        Assert.Contains(svg.Descendants(), element => element.Value == "a<b");
        Assert.Contains(svg.Descendants(), element => element.Value == "T & U");
    }

    [Fact]
    public void ToSvg_PointsAndTextThatCannotBeDrawn_LeavesAPictureThatCan()
    {
        Series broken = new("a\u0000b\ud800", [(0, 1, 1, 1), (1, double.NaN, 0, 2), (2, 3, 3, double.PositiveInfinity), (3, 4, 4, 4)]);
        Series nothing = new("none", [(0, double.NaN, double.NaN, double.NaN)]);
        ChartSheet sheet = new("bell \a and \e[31m, 😀", [new Panel("one", "x", "y", [broken, nothing])]);

        string svg = sheet.ToSvg();

        XDocument picture = XDocument.Parse(svg);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Contains(picture.Descendants(), element => element.Value.Contains("😀", StringComparison.Ordinal));
        Assert.Contains(picture.Descendants(), element => element.Value == "a\ufffdb\ufffd");
        Assert.Single(picture.Descendants(), element => element.Attribute("fill-opacity") is not null);
    }
}
