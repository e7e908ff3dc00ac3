namespace Gala.Gossip.Tests;

/// <summary>Two halves of a network that lose sight of each other for a while and drift in opposite directions, on a graph and a network drawn at random.</summary>
internal sealed class PartitionedRun : IDisposable
{
    private const int Updates = 600; // of a second each, more or less

    private static readonly TimeSpan Begins = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Heals = TimeSpan.FromSeconds(250);
    private static readonly TimeSpan Ends = TimeSpan.FromSeconds(450);

    private readonly SimulatedNetwork _network;
    private readonly Simulation _simulation;
    private double _before;
    private double _atTheEnd;
    private double _after;

    public PartitionedRun(int seed)
    {
        Random random = new(seed);
        int agents = random.Next(2, 9);
        Topology topology = random.Next(3) switch
        {
            0 => new RingTopology(agents),
            1 => new ExponentialTopology(agents),
            _ => GraphTopology.Random(agents, random),
        };
        NetworkConditions conditions = new()
        {
            Seed = (ulong)seed,
            Delay = DurationDistribution.Exponential(random.NextDouble() * TimeSpan.FromSeconds(3)),
            Loss = random.NextDouble() / 5,
            Partitions = [new NetworkPartition(Begins, Heals, Half)],
        };
        _network = new SimulatedNetwork(topology, 1, conditions);
        GossipAgentOptions gossip = new() { MaxStaleness = random.Next(2) == 0 ? null : 16 };
        GossipAgent[] gossipers = [.. Enumerable.Range(0, agents).Select(rank => new GossipAgent(_network, rank, gossip))];
        _simulation = new Simulation(_network, gossipers, [0], new SimulationOptions
        {
            Seed = (ulong)seed,
            Updates = Updates,
            Compute = DurationDistribution.Uniform(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)),
            TimeOut = TimeSpan.FromSeconds(10),
            LocalUpdate = (rank, _, parameters) => parameters[0] += Half(rank) == 0 ? 1 : -1,
            Exchanged = (_, _) => Observe(),
        });

        int Half(int rank) => 2 * rank < agents ? 0 : 1;
    }

    /// <summary>The agents' largest distance from each other: before the partition, when it heals, and long after.</summary>
    public (double Before, double AtTheEndOfIt, double After) Disagreements()
    {
        _simulation.Run();
        return (_before, _atTheEnd, _after);
    }

    public void Dispose() => _network.Dispose();

    private void Observe()
    {
        float[] values = [.. Enumerable.Range(0, _network.Topology.Agents).Select(rank => _simulation.ParametersOf(rank)[0])];
        double distance = values.Max() - values.Min();
        if (_network.Now < Begins)
        {
            _before = Math.Max(_before, distance);
        }
        else if (_network.Now < Heals)
        {
            _atTheEnd = distance;
        }
        else if (_network.Now >= Ends && _network.Now < Ends + TimeSpan.FromSeconds(1))
        {
            _after = Math.Max(_after, distance);
        }
    }
}
