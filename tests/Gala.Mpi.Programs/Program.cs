using Gala.Gossip;
using Gala.Mpi;
using Gala.Mpi.Programs;

// One process of a test: joins the others, runs the named programs and says "ok" for each, or ends all of them.
using MpiCluster cluster = MpiCluster.Join();
try
{
    foreach (string name in args)
    {
        Programs.ByName[name](cluster);
        Console.WriteLine($"ok {name} in {cluster.Process} of {cluster.Processes}, {cluster.Version}");
    }

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
