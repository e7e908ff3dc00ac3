using Gala.Gossip;

namespace Gala.Runs;

/// <summary>What <see cref="RunOptions.Topology"/> can say: the name of a topology, or a file with a graph of the user's own.</summary>
public static class RunTopology
{
    /// <summary>Whether the text is a path, by its ending in <c>.yaml</c> or <c>.yml</c>.</summary>
    public static bool IsFile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The topology that a text says.</summary>
    /// <param name="text">For <see cref="Topologies.Create"/> or <see cref="TopologyFile.Read"/>.</param>
    /// <param name="agents">n.</param>
    /// <exception cref="ArgumentException">There is none such of so many agents; the message, of one line, says what would do.</exception>
    public static Topology Create(string text, int agents)
    {
        Topology topology = IsFile(text) ? TopologyFile.Read(text) : Topologies.Create(text, agents);
        return topology.Agents == agents
            ? topology
            : throw new ArgumentException($"{OneLine.QuotePath(text)} is a graph of {topology.Agents} agents, not of {agents}: set --agents {topology.Agents}");
    }
}
