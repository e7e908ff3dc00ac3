using System.Text;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Run folders of several processes: process 0 has the run's own, process p has <c>rank-p</c> in it.</summary>
internal static class ClusterFolder
{
    /// <summary>Where a process keeps what is its own.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="process">Number of the process.</param>
    public static string PathOf(string directory, int process) => process == 0 ? directory : Path.Combine(directory, $"rank-{process}");

    /// <summary>Makes the folder of this process, once it is certain that all processes train the same.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="cluster">All processes.</param>
    /// <exception cref="InvalidRunException">This process has other options than process 0, or its folder cannot be made.</exception>
    public static RunFolder Create(RunOptions options, ICluster cluster)
    {
        string own = RunOptionsFile.Write(options with { Run = null });
        if (cluster.Process == 0)
        {
            RunFolder folder = RunFolder.Create(options, TimeProvider.System);
            _ = cluster.Broadcast(Encoding.UTF8.GetBytes($"{folder.Path}\n{own}"));
            return folder;
        }

        string[] first = Encoding.UTF8.GetString(cluster.Broadcast([])).Split('\n', 2);
        RequireEqual(own, first[1], cluster.Process);
        return RunFolder.Create(options with { Run = PathOf(first[0], cluster.Process) });
    }

    private static void RequireEqual(string own, string first, int process)
    {
        foreach ((string line, string expected) in own.Split('\n').Zip(first.Split('\n')))
        {
            if (line != expected)
            {
                throw new InvalidRunException(
                    $"process {process} was started with '{line}', process 0 with '{expected}': start all processes with the same options");
            }
        }
    }
}
