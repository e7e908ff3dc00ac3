using System.Runtime.ExceptionServices;
using System.Text;
using Gala.Gossip;
using Gala.Runs.Checkpoints;

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
        Exception? problem = cluster.Process == 0 ? Try(() => folder = RunFolder.Create(options)) : null;
        try
        {
            string first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(folder?.Path ?? "")));
            bool isMade = first.Length > 0; // by process 0
            problem ??= cluster.Process > 0 && isMade ? Try(() => folder = RunFolder.Create(options with { Run = PathOf(first, cluster.Process) })) : null;
            ThrowTogether(problem, cluster);
            return folder!;
        }
        catch (InvalidRunException refused) when (refused.IsOfAllProcesses)
        {
            Withdraw(folder, cluster);
            throw;
        }
        catch
        {
            folder?.Withdraw();
            throw;
        }
    }

    /// <summary>Finds the folder of this process.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="cluster">All processes.</param>
    /// <exception cref="InvalidRunException">There is no run in it, or no part of it of this process.</exception>
    public static RunFolder Open(string directory, ICluster cluster)
    {
        string path = PathOf(directory, cluster.Process);
        return cluster.Process == 0 || Directory.Exists(path) || !Directory.Exists(directory)
            ? RunFolder.Open(path)
            : throw new InvalidRunException($"process {cluster.Process} has no folder {OneLine.QuotePath(path)}: start as many processes as trained the run, "
                + "and have its folder where all of them see it");
    }

    /// <summary>Refuses a run whose folder is of more processes than its options say.</summary>
    /// <param name="processes">What the options say.</param>
    /// <param name="directory">The run's folder.</param>
    /// <exception cref="InvalidRunException">It is.</exception>
    public static void RequireAsManyAs(int processes, string directory)
    {
        string more = PathOf(directory, processes);
        if (Directory.Exists(more))
        {
            throw CheckpointFit.Changed($"it is of {processes} processes now, but there is {OneLine.QuotePath(more)}");
        }
    }

    /// <summary>Refuses to go on with processes whose folders say different things.</summary>
    /// <param name="options">As read from this process' folder.</param>
    /// <param name="cluster">All processes.</param>
    /// <exception cref="InvalidRunException">They do.</exception>
    public static void RequireSame(RunOptions options, ICluster cluster)
    {
        RequireSame(RunOptionsFile.Write(RunFolder.AsWritten(options)), RunTopology.ReadFileOf(options), cluster, (line, expected) =>
            $"run.yaml of process {cluster.Process} says '{line}', that of process 0 '{expected}': make the files equal");
    }

    /// <summary>Process 0 comes last, since its folder holds those of the others.</summary>
    private static void Withdraw(RunFolder? folder, ICluster cluster)
    {
        if (cluster.Process == 0)
        {
            cluster.Gather([], (_, _) => { });
            folder?.Withdraw();
        }
        else
        {
            folder?.Withdraw();
            cluster.Gather([], (_, _) => { });
        }
    }

    private static void RequireSame(string own, byte[]? graph, ICluster cluster, Func<string, string, string> differ)
    {
        string first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(own)));
        byte[] firstGraph = cluster.Broadcast(graph ?? []);
        (string Own, string First) other = own.Split('\n').Zip(first.Split('\n')).FirstOrDefault(lines => lines.First != lines.Second);
        string? problem = other.Own is not null ? differ(other.Own, other.First)
            : firstGraph.AsSpan().SequenceEqual(graph) ? null
            : $"process {cluster.Process} read another graph for 'topology' than process 0: give all processes the same file";
        ThrowTogether(problem is null ? null : new InvalidRunException(problem), cluster);
    }

    private static Exception? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception exception) when (exception is InvalidRunException or InvalidOptionsException)
        {
            return exception;
        }
    }

    /// <summary>Throws in all processes what is wrong in one of them; in the first of them, if there are several.</summary>
    private static void ThrowTogether(Exception? problem, ICluster cluster)
    {
        if (cluster.Processes == 1)
        {
            if (problem is not null)
            {
                ExceptionDispatchInfo.Throw(problem);
            }

            return;
        }

        string first = "";
        cluster.Gather(Encoding.UTF8.GetBytes(problem?.Message ?? ""), (_, text) => first = first.Length > 0 ? first : Encoding.UTF8.GetString(text.Span));
        first = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(first)));
        if (first.Length > 0)
        {
            throw new InvalidRunException(first) { IsOfAllProcesses = true, ExistingRun = (problem as InvalidRunException)?.ExistingRun };
        }
    }
}
