using System.Text;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Run folders of several processes: process 0 has the run's own, process p has <c>rank-p</c> in it.</summary>
/// <remarks>What one process cannot do is refused by all, so that none waits for it and none leaves a folder behind.</remarks>
internal static class ClusterFolder
{
    /// <summary>Where a process keeps what is its own.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="process">Number of the process.</param>
    public static string PathOf(string directory, int process) => process == 0 ? directory : Path.Combine(directory, $"rank-{process}");

    /// <summary>Makes the folder of this process, once it is certain that all processes train the same.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="cluster">All processes.</param>
    /// <param name="graph">What this process found in the file of <see cref="RunOptions.Topology"/>; null if that is no file.</param>
    /// <exception cref="InvalidRunException">A process has other options than process 0, or a folder cannot be made; nothing was written.</exception>
    public static RunFolder Create(RunOptions options, ICluster cluster, byte[]? graph = null)
    {
        RequireSame(RunOptionsFile.Write(options with { Run = null }), graph, cluster, (line, expected) =>
            $"process {cluster.Process} was started with '{line}', process 0 with '{expected}': start all processes with the same options");
        RunFolder? folder = null;
        try
        {
            string path = cluster.Process == 0 && Try(() => folder = RunFolder.Create(options, TimeProvider.System)) is { } problem ? "\n" + problem : folder?.Path ?? "";
            string first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(path)));
            ThrowTogether(first.StartsWith('\n') ? first[1..] : cluster.Process == 0 ? null
                : Try(() => folder = RunFolder.Create(options with { Run = PathOf(first, cluster.Process) })), cluster);
            return folder!;
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses to go on with processes whose folders say different things.</summary>
    /// <param name="options">As read from this process' folder.</param>
    /// <param name="folder">That folder.</param>
    /// <param name="cluster">All processes.</param>
    /// <exception cref="InvalidRunException">They do.</exception>
    public static void RequireSame(RunOptions options, RunFolder folder, ICluster cluster)
    {
        bool kept = File.Exists(folder.TopologyFile);
        RunOptions written = options with { Run = null, Topology = kept ? RunFolder.TopologyName : options.Topology };
        RequireSame(RunOptionsFile.Write(written), kept ? File.ReadAllBytes(folder.TopologyFile) : null, cluster, (line, expected) =>
            $"run.yaml of process {cluster.Process} says '{line}', that of process 0 '{expected}': make the files equal");
    }

    private static void RequireSame(string own, byte[]? graph, ICluster cluster, Func<string, string, string> differ)
    {
        string first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(own)));
        byte[] firstGraph = cluster.Broadcast(graph ?? []);
        (string Own, string First) other = own.Split('\n').Zip(first.Split('\n')).FirstOrDefault(lines => lines.First != lines.Second);
        ThrowTogether(
            other.Own is not null ? differ(other.Own, other.First)
            : firstGraph.AsSpan().SequenceEqual(graph) ? null
            : $"process {cluster.Process} read another graph for 'topology' than process 0: give all processes the same file", cluster);
    }

    private static string? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception exception) when (exception is InvalidRunException or InvalidOptionsException)
        {
            return exception.Message;
        }
    }

    /// <summary>Throws in all processes what is wrong in one of them; in the first of them, if there are several.</summary>
    private static void ThrowTogether(string? problem, ICluster cluster)
    {
        string first = "";
        cluster.Gather(Encoding.UTF8.GetBytes(problem ?? ""), (_, text) => first = first.Length > 0 ? first : Encoding.UTF8.GetString(text.Span));
        first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(first)));
        if (first.Length > 0)
        {
            throw new InvalidRunException(first) { IsOfAllProcesses = cluster.Processes > 1 };
        }
    }
}
