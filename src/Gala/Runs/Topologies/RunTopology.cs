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

    /// <summary>The file that a run's graph comes from; null where it is one of the named ones, or where nobody gossips.</summary>
    internal static string? FileOf(RunOptions options) => IsUsedBy(options) && IsFile(options.Topology) ? options.Topology : null;

    /// <summary>What is in that file; null where there is none.</summary>
    /// <exception cref="InvalidOptionsException">It cannot be read.</exception>
    internal static byte[]? ReadFileOf(RunOptions options)
    {
        if (FileOf(options) is not { } file)
        {
            return null;
        }

        return RunOptionsFile.TryReadBytes(file, out byte[] content, out string problem)
            ? content
            : throw new InvalidOptionsException([RunOptionsValidator.Problem(nameof(RunOptions.Topology), problem)]);
    }

    /// <summary>Whether the agents of the run exchange with each other.</summary>
    internal static bool IsUsedBy(RunOptions options) => options.Architecture is "gala" or "a2c";

    /// <summary>The topology that a text says.</summary>
    /// <param name="text">For <see cref="Topologies.Create"/> or <see cref="TopologyFile.Read"/>.</param>
    /// <param name="agents">n, of all processes.</param>
    /// <exception cref="ArgumentException">There is none such of so many agents; the message, of one line, says what would do.</exception>
    public static Topology Create(string text, int agents) => Create(text, agents, processes: 1);

    /// <param name="text">As above.</param>
    /// <param name="agents">As above.</param>
    /// <param name="processes">Those that share the agents out, for the advice.</param>
    /// <exception cref="ArgumentException">As above.</exception>
    internal static Topology Create(string text, int agents, int processes)
    {
        Topology topology = IsFile(text) ? TopologyFile.Read(text) : Topologies.Create(text, agents);
        return topology.Agents == agents
            ? topology
            : throw new ArgumentException(
                $"{OneLine.QuotePath(text)} is a graph of {topology.Agents} agents, not of {agents}: {Advice(topology.Agents, processes)}");
    }

    private static string Advice(int agents, int processes)
    {
        if (agents % processes == 0)
        {
            return $"set --agents {agents / processes}";
        }

        string[] divisors = [.. Enumerable.Range(1, agents).Where(number => agents % number == 0).Select(number => $"{number}")];
        return $"start {string.Join(", ", divisors[..^1])} or {divisors[^1]} processes";
    }
}
