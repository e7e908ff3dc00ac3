using System.Globalization;
using Gala.Gossip;
using Gala.Mpi;
using Gala.Mpi.Benchmarks;

// mpirun -n 2 dotnet Gala.Mpi.Benchmarks.dll [parameters]: two processes send each other their parameters, by bare MPI and by gossip, in turns.
using MpiCluster cluster = MpiCluster.Join();
int length = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_687_719; // the Nature CNN with 6 actions
float[] parameters = [.. Enumerable.Range(1, length).Select(index => 1f / index)];
const int Turns = 15;
double[] same = new double[Turns], fresh = new double[Turns], gossip = new double[Turns];
using (BareExchange sameBytes = new(cluster, parameters, fresh: false))
using (BareExchange freshBytes = new(cluster, parameters, fresh: true))
using (IGossipTransport transport = cluster.OpenGossip(new RingTopology(cluster.Processes), length, keepsEveryWeight: false))
{
    PublishedExchange exchange = new(transport, cluster.Process, parameters);
    for (int turn = -1; turn < Turns; turn++) // the first warms up
    {
        int at = Math.Max(turn, 0);
        (same[at], fresh[at], gossip[at]) = (sameBytes.Run(), freshBytes.Run(), exchange.Run());
        cluster.Gather([], (_, _) => { }); // a bare loop keeps MPI to itself: the other process must have all of its messages before
        _ = cluster.Broadcast([]);
    }
}

if (cluster.Process == 0)
{
    double bytes = 2.0 * sizeof(float) * length; // both ways
    string Rate(double[] seconds) => string.Create(CultureInfo.InvariantCulture, $"{bytes / seconds.Min() / 1e9:0.00} GB/s");
    string Share(double[] bare) => string.Create(
        CultureInfo.InvariantCulture,
        $"{bare.Min() / gossip.Min():0%} (median of turns {bare.Zip(gossip, (other, own) => other / own).Order().ElementAt(Turns / 2):0%})");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cluster.Version}, {bytes / 2e6:0.0} MB each way, both ways counted, best of {Turns} turns:"));
    Console.WriteLine($"  bare MPI, the same bytes   {Rate(same)}, of which gossip reaches {Share(same)}");
    Console.WriteLine($"  bare MPI, fresh parameters {Rate(fresh)}, of which gossip reaches {Share(fresh)}");
    Console.WriteLine($"  gossip                     {Rate(gossip)}");
}
