using Gala.Gossip;

namespace Gala.Measuring.Clusters;

/// <summary>Simulates clusters of agents that learn different things and gossip over a network, and says what that costs and how far apart they are.</summary>
public static class ClusterSimulation
{
    private const int HeaderBytes = 16; // iteration and weight

    /// <summary>Simulates clusters of some sizes.</summary>
    /// <param name="options">All but their graphs.</param>
    /// <param name="topologies">At least one, of the same kind.</param>
    /// <param name="progress">Told what comes next.</param>
    /// <inheritdoc cref="Run(ClusterOptions, Topology)" path="/exception"/>
    public static ClustersMeasurement Run(ClusterOptions options, IReadOnlyList<Topology> topologies, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(topologies);
        List<ClusterMeasurement> clusters = [];
        foreach (Topology topology in topologies)
        {
            progress?.Invoke($"{topology.Agents} agents");
            clusters.Add(Run(options, topology));
        }

        return new ClustersMeasurement(topologies[0].Name, options.Parameters, options.MaxStaleness, options.Updates, options.Seed, clusters);
    }

    /// <summary>Simulates one cluster, the same each time for equal options.</summary>
    /// <param name="options">The cluster.</param>
    /// <param name="topology">Its graph.</param>
    /// <exception cref="ArgumentException">Push-sum is to work on a network that loses messages.</exception>
    public static ClusterMeasurement Run(ClusterOptions options, Topology topology)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(topology);
        int agents = topology.Agents;
        NetworkConditions conditions = new() { Seed = options.Seed, Delay = options.Delay, Loss = options.Loss };
        using SimulatedNetwork network = new(topology, RandomDirections.Length, conditions, keepsEveryMessage: options.PushSum);
        GossipAgentOptions gossipOptions = new() { MaxStaleness = options.MaxStaleness };
        AsynchronousGossip[] gossip = [.. Enumerable.Range(0, agents).Select(AsynchronousGossip (rank) =>
            options.PushSum ? new PushSumAgent(network, rank, gossipOptions) : new GossipAgent(network, rank, gossipOptions))];
        ClusterDistances distances = new(options, agents);
        SortedDictionary<long, long> ages = [];
        long[] mixes = new long[agents];
        Simulation? simulation = null;
        simulation = new Simulation(network, gossip, new float[RandomDirections.Length], new SimulationOptions
        {
            Seed = options.Seed,
            Updates = options.Updates,
            Compute = options.Compute,
            Slowness = rank => rank < options.SlowAgents ? options.Slowness : 1,
            LocalUpdate = (rank, update, parameters) => RandomDirections.Add(options.Seed, rank, update, parameters),
            Exchanged = Exchanged,
        });
        simulation.Run();
        return Measure(options, topology, network, simulation, gossip, distances, StalenessSummary.Of(ages));

        void Exchanged(int rank, long update)
        {
            GossipStatistics statistics = gossip[rank].Statistics;
            if (statistics.Mixes > mixes[rank])
            {
                mixes[rank] = statistics.Mixes;
                ages[statistics.Offset] = ages.GetValueOrDefault(statistics.Offset) + 1;
            }

            distances.Observe(simulation!, update, network.Now);
        }
    }

    private static ClusterMeasurement Measure(
        ClusterOptions options,
        Topology topology,
        SimulatedNetwork network,
        Simulation simulation,
        AsynchronousGossip[] gossip,
        ClusterDistances distances,
        StalenessSummary staleness)
    {
        double seconds = Enumerable.Range(0, topology.Agents).Max(rank => simulation.FinishedAt(rank)!.Value.TotalSeconds);
        double worked = Enumerable.Range(0, topology.Agents).Sum(rank => simulation.FinishedAt(rank)!.Value.TotalSeconds);
        double waited = gossip.Sum(agent => agent.Statistics.Waited.TotalSeconds);
        double exchanges = (double)options.Updates * topology.Agents;
        double bytes = network.MessagesSent * ((options.Parameters * sizeof(float)) + HeaderBytes);
        return new ClusterMeasurement(
            topology.Agents,
            Enumerable.Range(0, topology.Period).Max(round => Enumerable.Range(0, topology.Agents).Max(rank => topology.InPeers(rank, round).Length)),
            distances.Max,
            distances.Mean,
            LockStepBound.Factor(topology) is { } bound && double.IsFinite(bound) ? bound : null,
            staleness,
            gossip.Sum(agent => agent.Statistics.Waits) / exchanges,
            gossip.Sum(agent => agent.Statistics.TimeOuts),
            1 - (waited / worked),
            exchanges / worked,
            bytes / worked,
            bytes / worked * topology.Agents,
            network.MessagesSent > 0 ? (double)network.MessagesLost / network.MessagesSent : 0,
            seconds);
    }
}
