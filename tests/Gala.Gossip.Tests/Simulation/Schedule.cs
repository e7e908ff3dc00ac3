namespace Gala.Gossip.Tests;

/// <summary>Agents, a graph and a network drawn at random: what the properties of a simulation are tested on.</summary>
internal sealed class Schedule : IDisposable
{
    public const int Length = 6;

    private readonly Random _random;
    private readonly SimulationOptions _options;
    private readonly Dictionary<(int Rank, int Peer), long> _givenUp = []; // the peer's last update when it was

    public Schedule(int seed, bool pushSum = false, bool faults = false)
    {
        _random = new Random(seed);
        Topology = DrawTopology();
        Updates = _random.Next(1, 40);
        MaxStaleness = _random.Next(4) == 0 ? null : _random.Next(0, 6);
        NetworkConditions conditions = new() { Seed = (ulong)_random.NextInt64(), Delay = DrawDurations(), Loss = faults && !pushSum ? _random.NextDouble() / 2 : 0 };
        Network = new SimulatedNetwork(Topology, Length, conditions, keepsEveryMessage: pushSum);
        Transport = new RecordedTransport(Network);
        GossipAgentOptions gossip = new()
        {
            MaxStaleness = MaxStaleness,
            TimedOut = peer => _givenUp[(peer.Rank, peer.Peer)] = peer.LastIteration,
        };
        Agents = [.. Enumerable.Range(0, Topology.Agents)
            .Select(AsynchronousGossip (rank) => pushSum ? new PushSumAgent(Transport, rank, gossip) : new GossipAgent(Transport, rank, gossip))];
        Outages = faults ? [.. Enumerable.Range(0, Topology.Agents).Where(_ => _random.Next(3) == 0).Select(DrawOutage)] : [];
        double[] slowness = [.. Agents.Select(_ => _random.Next(3) == 0 ? _random.Next(1, 20) : 1.0)];
        _options = new SimulationOptions
        {
            Seed = conditions.Seed,
            Updates = Updates,
            Compute = DrawDurations(),
            Slowness = rank => slowness[rank],
            Outages = Outages,
            TimeOut = faults ? TimeSpan.FromSeconds(_random.Next(1, 30)) : null,
        };
    }

    public Topology Topology { get; }

    public long Updates { get; }

    public long? MaxStaleness { get; }

    public SimulatedNetwork Network { get; }

    public RecordedTransport Transport { get; }

    public AsynchronousGossip[] Agents { get; }

    public IReadOnlyList<Outage> Outages { get; }

    /// <summary>Runs it, from parameters of its own for each agent.</summary>
    /// <param name="update">What local updates do.</param>
    /// <param name="exchanged">Told the rank and the update of each exchange.</param>
    public Simulation Run(LocalUpdate? update = null, Action<Simulation, int, long>? exchanged = null)
    {
        Simulation? simulation = null;
        SimulationOptions options = _options with { LocalUpdate = update, Exchanged = (rank, number) => exchanged?.Invoke(simulation!, rank, number) };
        simulation = new Simulation(Network, Agents, new float[Length], options);
        for (int rank = 0; rank < Agents.Length; rank++)
        {
            LockStepRun.Draw(1, Length, seed: rank)[0].CopyTo(simulation.ParametersOf(rank));
        }

        simulation.Run();
        return simulation;
    }

    /// <summary>Whether an agent need not hear of an in-peer: it has left, or was given up and has been silent since.</summary>
    public bool IsAbsent(int rank, int inPeer) => Transport.Endpoint(rank).HasLeft(inPeer)
        || (_givenUp.TryGetValue((rank, inPeer), out long last) && last == Transport.Recorded(rank).Newest.GetValueOrDefault(inPeer));

    /// <summary>Receives whatever agents have left unreceived at the end.</summary>
    public void TakeEverything()
    {
        for (int rank = 0; rank < Agents.Length; rank++)
        {
            foreach (int peer in PeersOverPeriod.In(Topology, rank))
            {
                while (Transport.Endpoint(rank).TryReceive(peer))
                {
                }
            }
        }
    }

    public void Dispose() => Network.Dispose();

    private Topology DrawTopology()
    {
        int agents = _random.Next(1, 9);
        return _random.Next(6) switch
        {
            0 => new RingTopology(agents),
            1 => new ExponentialTopology(agents),
            2 => new CompleteTopology(agents),
            3 => new OnePeerExponentialTopology(agents),
            4 => GraphTopology.Star(agents),
            _ => GraphTopology.Random(Math.Max(agents, 2), _random),
        };
    }

    private DurationDistribution DrawDurations()
    {
        TimeSpan mean = TimeSpan.FromSeconds(Math.Pow(10, (3 * _random.NextDouble()) - 2)); // 10 ms to 10 s
        return _random.Next(4) switch
        {
            0 => DurationDistribution.Constant(mean),
            1 => DurationDistribution.Uniform(TimeSpan.Zero, 2 * mean),
            2 => DurationDistribution.Exponential(mean),
            _ => DurationDistribution.LogNormal(2 * _random.NextDouble(), mean),
        };
    }

    private Outage DrawOutage(int rank)
    {
        TimeSpan from = TimeSpan.FromSeconds(20 * _random.NextDouble());
        return new Outage(rank, from, _random.Next(2) == 0 ? null : from + TimeSpan.FromSeconds(20 * _random.NextDouble()));
    }
}
