namespace Gala.Gossip;

/// <summary>The star: agent 0 exchanges with every other, and these with it alone.</summary>
/// <remarks>The degrees differ, so for n &gt; 2 plain averages do not keep the mean over the agents: it takes push-sum.</remarks>
public sealed class StarTopology : PeriodicTopology
{
    /// <summary>A star of <paramref name="agents"/>, any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public StarTopology(int agents)
        : base(Topologies.Star, agents, [Edges(agents)])
    {
    }

    private static IEnumerable<(int From, int To)> Edges(int agents)
    {
        for (int leaf = 1; leaf < agents; leaf++)
        {
            yield return (0, leaf);
            yield return (leaf, 0);
        }
    }
}
