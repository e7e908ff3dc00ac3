namespace Gala.Environments.Tests;

public class EnvironmentReferenceTests
{
    [Theory]
    [InlineData("minatar/breakout")]
    [InlineData("minatar/space_invaders:sticky=0.25:ramping=false:actions=minimal")]
    [InlineData("my.own/Env-2:path=a=b")]
    public void Parse_WellFormed_PrintsTheSame(string text) => Assert.Equal(text, EnvironmentReference.Parse(text).ToString());

    [Fact]
    public void Parse_Options_KeepTheirOrder()
    {
        EnvironmentReference reference = EnvironmentReference.Parse("a/b:x=1:y=two");
        Assert.Equal("a/b", reference.Id);
        Assert.Equal([new("x", "1"), new("y", "two")], reference.Options);
    }

    [Theory]
    [InlineData("", "the id must be")]
    [InlineData(":sticky=1", "the id must be")]
    [InlineData("a b", "the id must be")]
    [InlineData("a/b:", "name=value")]
    [InlineData("a/b:sticky", "'sticky' must be name=value")]
    [InlineData("a/b:sticky=", "name=value")]
    [InlineData("a/b:=1", "name=value")]
    [InlineData("a/b:x=1:x=2", "'x' is given twice")]
    public void Parse_Malformed_ThrowsOneLineWithTheMend(string text, string mend)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => EnvironmentReference.Parse(text));
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
