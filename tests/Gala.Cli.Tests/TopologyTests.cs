namespace Gala.Cli.Tests;

public sealed class TopologyTests
{
    [Fact]
    public void Topology_RingOfFour_HasBetaCosinePiOverFour()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("topology"));

        Assert.Matches(@"beta +0\.7071", console.Out);
        Assert.Matches(@"spectral gap +0\.2929", console.Out);
        Assert.Matches(@"bound factor +2\.4142", console.Out);
        Assert.Matches(@"\n +3 +0 +2", console.Out); // agent 3 sends to 0 and hears 2
        Assert.Contains(" 0.500 0.500     .     .", console.Out, StringComparison.Ordinal);
        Assert.Contains("doubly", console.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("complete", "8", @"beta +0\.0000")]
    [InlineData("ring", "1", @"beta +0\.0000")]
    [InlineData("exponential", "8", @"\n +7 +0 1 3 +3 5 6")]
    [InlineData("ring", "20", "20 x 20, printed for up to 16")]
    public void Topology_OfOthers_ShowsPeersAndBeta(string name, string agents, string expected)
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("topology", "--topology", name, "--agents", agents));

        Assert.Matches(expected, console.Out);
    }
}
