using System.Globalization;
using Gala.Gossip;
using Gala.Mpi;
using Gala.Mpi.Benchmarks;

// mpirun -n 2 dotnet Gala.Mpi.Benchmarks.dll [parameters]: two processes send each other their parameters, by bare MPI and by gossip, in turns.
using MpiCluster cluster = MpiCluster.Join();
int parameters = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_687_719; // the Nature CNN with 6 actions
const int Turns = 9;
double[] bare = new double[Turns], gossip = new double[Turns];
using (BareExchange loop = new(cluster, parameters))
using (IGossipTransport transport = cluster.OpenGossip(new RingTopology(cluster.Processes), parameters, keepsEveryWeight: false))
{
    GossipExchange exchange = new(transport, cluster.Process);
    for (int turn = -1; turn < Turns; turn++) // the first warms up
    {
        (double first, double second) = (loop.Run(), exchange.Run());
        (bare[Math.Max(turn, 0)], gossip[Math.Max(turn, 0)]) = (first, second);
        cluster.Gather([], (_, _) => { }); // the bare loop keeps the thread to itself: the other process must have all of its messages before
        _ = cluster.Broadcast([]);
    }
}

if (cluster.Process == 0)
{
    double bytes = 2.0 * sizeof(float) * parameters; // both ways
    Array.Sort(bare);
    Array.Sort(gossip);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{cluster.Version}, {bytes / 2e6:0.0} MB each way: bare MPI {bytes / bare[0] / 1e9:0.00} GB/s (median {bytes / bare[Turns / 2] / 1e9:0.00}), "
        + $"gossip {bytes / gossip[0] / 1e9:0.00} GB/s (median {bytes / gossip[Turns / 2] / 1e9:0.00}), "
        + $"ratio {bare[0] / gossip[0]:0%} (median {bare[Turns / 2] / gossip[Turns / 2]:0%})"));
}
