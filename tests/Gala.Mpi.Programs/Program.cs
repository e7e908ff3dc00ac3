using Gala.Gossip;
using Gala.Mpi;
using Gala.Mpi.Programs;

// One process of a test: joins the others, runs a named program, and says "ok", or ends all of them.
using MpiCluster cluster = MpiCluster.Join();
try
{
    Programs.ByName[args[0]](cluster);
    Console.WriteLine($"ok {cluster.Process}/{cluster.Processes} {cluster.Version}");
    return 0;
}
#pragma warning disable CA1031 // any failure of one process is the failure of all
catch (Exception exception)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"process {cluster.Process}: {exception}");
    ((ICluster)cluster).Abort(1);
    return 1;
}
