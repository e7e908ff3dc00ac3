using System.Xml.Linq;

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
    [InlineData("one-peer-exponential", "4", @"4 agents, 2 rounds in turn\n\nround 0\nagent  sends to  receives from\n +0 +1 +3\n")]
    [InlineData("one-peer-exponential", "4", @"\nround 1\nagent  sends to  receives from\n +0 +2 +2\n")]
    [InlineData("one-peer-exponential", "8", @"bound factor +2\.0000")]
    [InlineData("bipartite-exponential", "6", @"6 agents, 2 rounds in turn")]
    [InlineData("random-regular:degree=2:seed=5", "7", @"random-regular:degree=2:seed=5, 7 agents")]
    [InlineData("star", "4", @"beta +0\.5000")]
    [InlineData("star", "4", @"row: .*push-sum")]
    [InlineData("ring", "20", "20 x 20, printed for up to 16")]
    public void Topology_OfOthers_ShowsPeersAndBeta(string name, string agents, string expected)
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("topology", "--topology", name, "--agents", agents));

        Assert.Matches(expected, console.Out);
    }

    [Fact]
    public void Topology_OfAFile_TakesItsAgentsAndDrawsEveryRound()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gala-tests-");
        try
        {
            (string graph, string picture) = (Path.Combine(folder.FullName, "graph.yaml"), Path.Combine(folder.FullName, "graph.svg"));
            File.WriteAllText(graph, "agents: 3\nrounds:\n  - [0 -> 1, 1 -> 2, 2 -> 0]\n  - [0 <-> 2]\n");
            TestConsole console = new();

            Assert.Equal(0, console.Run("topology", "--topology", graph, "--svg", picture));

            Assert.Contains("3 agents, 2 rounds in turn", console.Out, StringComparison.Ordinal);
            XElement svg = XElement.Load(picture);
            Assert.Equal([3, 1], Drawn(svg, "path").Take(2));
            Assert.Equal([3, 3], Drawn(svg, "circle"));
            Assert.Equal("url(#arrow)", svg.Descendants().Single(element => element.Attribute("marker-start") is not null).Attribute("marker-end")!.Value);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>How many of an element each round has.</summary>
    private static IEnumerable<int> Drawn(XElement svg, string name) =>
        svg.Elements().Where(element => element.Name.LocalName == "g").Select(round => round.Elements().Count(element => element.Name.LocalName == name));
}
