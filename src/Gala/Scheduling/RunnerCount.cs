using System.Text;
using Gala.Gossip;

namespace Gala.Scheduling;

/// <summary>How many turns a process makes at the same time when nothing else is asked for.</summary>
internal static class RunnerCount
{
    /// <summary>The processors that a process may use, shared with the processes beside it and divided by the threads of one turn; at least 1.</summary>
    /// <param name="processors">Processors that this process may use: affinity and limits of its container are taken in already.</param>
    /// <param name="isBound">Whether whoever started the process gave it some of the machine's processors only: then they are its own.</param>
    /// <param name="localProcesses">Processes of the run on this machine, this one included.</param>
    /// <param name="computeThreads">Threads that compute in one turn.</param>
    public static int Of(int processors, bool isBound, int localProcesses, int computeThreads) =>
        Math.Max(1, processors / (isBound ? 1 : localProcesses) / computeThreads);

    /// <summary>The same for this process.</summary>
    /// <param name="cluster">Processes of the run, all of which call this.</param>
    /// <param name="computeThreads">Threads that compute in one turn.</param>
    public static int OfThis(ICluster cluster, int computeThreads) =>
        Of(Environment.ProcessorCount, IsBound(), ProcessesBeside(cluster), computeThreads);

    /// <summary>Number of a cluster's processes that have this one's machine name.</summary>
    internal static int ProcessesBeside(ICluster cluster)
    {
        if (cluster.Processes == 1)
        {
            return 1;
        }

        StringBuilder names = new();
        cluster.Gather(Encoding.UTF8.GetBytes(Environment.MachineName), (_, name) => names.Append(Encoding.UTF8.GetString(name.Span)).Append('\n'));
        string all = Encoding.UTF8.GetString(cluster.Broadcast(Encoding.UTF8.GetBytes(names.ToString())));
        return Math.Max(1, all.Split('\n').Count(name => name == Environment.MachineName));
    }

    /// <summary>Whether fewer of the machine's processors are this process' than are online. Known on Linux; elsewhere it is not.</summary>
    private static bool IsBound()
    {
        const string Online = "/sys/devices/system/cpu/online", Own = "/proc/self/status", Key = "Cpus_allowed_list:";
        try
        {
            return OperatingSystem.IsLinux()
                && File.ReadLines(Own).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } own
                && CountOf(own[Key.Length..]) < CountOf(File.ReadAllText(Online));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Numbers in a list such as <c>0-3,8</c>.</summary>
    internal static int CountOf(string list) => list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(range => range.Split('-'))
        .Sum(ends => int.Parse(ends[^1], System.Globalization.CultureInfo.InvariantCulture) - int.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture) + 1);
}
