using Gala.Figures;

namespace Gala.Tests.Figures;

public sealed class TableTests
{
    private static readonly Table Some = new("Some", ["name", "value"], [["plain", "1"], ["a,b", "say \"x\""], ["c|d", "two\nlines"]]);

    [Fact]
    public void ToCsv_QuotesWhatRfc4180AsksFor() =>
        Assert.Equal("name,value\nplain,1\n\"a,b\",\"say \"\"x\"\"\"\nc|d,\"two\nlines\"\n", Some.ToCsv());

    [Fact]
    public void ToMarkdown_HasARuleBelowTheHeadingsAndNoBareBars() =>
        Assert.StartsWith("| name | value |\n| --- | --- |\n| plain | 1 |\n", Some.ToMarkdown(), StringComparison.Ordinal);

    [Fact]
    public void ToMarkdown_ABarInACell_IsEscaped() => Assert.Contains("| c\\|d |", Some.ToMarkdown(), StringComparison.Ordinal);

    [Fact]
    public void ToMarkdown_CellOfSeveralLines_StaysOneRow()
    {
        string[] lines = new Table("t", ["a"], [["one\r\ntwo\nthree"]]).ToMarkdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("| one two three |", lines[^1]);
        Assert.Equal(3, lines.Length);
    }
}
