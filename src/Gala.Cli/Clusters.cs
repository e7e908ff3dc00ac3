using Gala.Cli.Commands;
using Gala.Gossip;
using Gala.Mpi;
using Gala.Runs;

namespace Gala.Cli;

/// <summary>Where the library's clusters and the command line meet.</summary>
internal static class Clusters
{
    // Launchers pass on what processes print, and drop what they have not passed on when one of them ends all.
    private static readonly TimeSpan TimeForLastWords = TimeSpan.FromSeconds(1);

    /// <summary>The processes that a transport joins.</summary>
    /// <exception cref="InvalidRunException">There is no MPI, or it does not fit.</exception>
    public static ICluster Join(string transport)
    {
        try
        {
            return transport == "mpi" ? MpiCluster.Join() : new SingleProcess();
        }
        catch (MpiException exception)
        {
            throw new InvalidRunException($"--transport mpi: {exception.Message}", exception);
        }
    }

    /// <summary>Does something in all processes together. Process 0 speaks for all; a process that fails says why and ends all others.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="transport">Name of the transport.</param>
    /// <param name="act">Gets the processes, and where this one may print; returns the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Invocation invocation, string transport, Func<ICluster, GalaConsole, int> act)
    {
        ICluster cluster = invocation.Services.Join(transport);
        if (cluster.Processes == 1)
        {
            using (cluster)
            {
                return act(cluster, invocation.Console);
            }
        }

        try
        {
            // Plain lines: launchers pass on what is printed, but no terminal.
            int exitCode = act(cluster, invocation.Console.Plain(cluster.Process == 0 ? invocation.Console.Out : TextWriter.Null));
            cluster.Dispose();
            return exitCode;
        }
#pragma warning disable CA1031 // whatever it is: the others would wait for this process for ever
        catch (Exception exception)
#pragma warning restore CA1031
        {
            bool said = exception is InvalidRunException { IsOfAllProcesses: true } && cluster.Process != 0;
            int exitCode = ErrorReport.Write(said ? TextWriter.Null : invocation.Console.Error, exception, verbose: false);
            Thread.Sleep(TimeForLastWords);
            cluster.Abort(exitCode);
            return exitCode;
        }
    }
}
