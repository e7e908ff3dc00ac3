namespace Gala.Cli.Tests;

public sealed class ReproduceTests
{
    [Fact]
    public void Reproduce_WithoutAName_ListsWhatThereIs()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("reproduce"));

        Assert.Matches(@"(?m)^architectures +\S", console.Out);
    }

    [Theory]
    [InlineData("architecture", "did you mean architectures?")]
    [InlineData("nothing-like-it", "expected one of")]
    public void Reproduce_AnUnknownName_IsOneLineWithTheMend(string name, string expected)
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("reproduce", name));

        Assert.Single(console.ErrorLines);
        Assert.Contains(expected, console.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_AnUnknownGame_IsOneLineWithTheMend()
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("reproduce", "architectures", "--quick", "--games", "freeway,brekout"));

        Assert.Contains("--games: expected some of", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("did you mean breakout?", console.ErrorLines[0], StringComparison.Ordinal);
    }
}
