namespace Gala.Gossip.Tests;

public sealed class SimulationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void OneAgent_WithNobodyToHear_MakesItsUpdatesAtItsOwnPace()
    {
        Run run = new(new RingTopology(1), null, new SimulationOptions { Updates = 7 });
        Assert.Equal(7 * Second, run.Simulation.FinishedAt(0));
        Assert.Equal(7, run.Simulation.ParametersOf(0)[0]);
    }

    [Fact]
    public void TwoAgents_MessagesHalfASecondLate_MixTheUpdateBefore()
    {
        NetworkConditions conditions = new() { Delay = DurationDistribution.Constant(Second / 2) };
        Run run = new(new RingTopology(2), conditions, new SimulationOptions { Updates = 3 });
        // Both add 1 a second. Update 2 mixes 2 with the 1 of update 1; update 3 mixes 1.5 + 1 with the 2 that update 2 was sent as.
        Assert.Equal(2.25f, run.Simulation.ParametersOf(0)[0]);
        Assert.Equal(2.25f, run.Simulation.ParametersOf(1)[0]);
        Assert.Equal(3 * Second, run.Simulation.FinishedAt(1));
        Assert.Equal(2, run.Gossip[0].Statistics.Mixes);
        Assert.Equal(1, run.Gossip[0].Statistics.Staleness);
    }

    [Fact]
    public void TwoAgents_Synchronous_WaitForEveryMessage()
    {
        NetworkConditions conditions = new() { Delay = DurationDistribution.Constant(Second / 2) };
        Run run = new(new RingTopology(2), conditions, new SimulationOptions { Updates = 4 }, maxStaleness: 0);
        Assert.Equal(4 * 1.5 * Second, run.Simulation.FinishedAt(0));
        Assert.Equal(4, run.Gossip[0].Statistics.Waits);
        Assert.Equal(2 * Second, run.Gossip[0].Statistics.Waited);
        Assert.Equal(0, run.Gossip[0].Statistics.Staleness);
    }

    [Fact]
    public void SlowAgent_UnderABoundOfTwo_SetsThePace()
    {
        SimulationOptions options = new() { Updates = 10, Slowness = rank => rank == 1 ? 5 : 1 };
        Run run = new(new RingTopology(2), null, options, maxStaleness: 2);
        Assert.Equal(50 * Second, run.Simulation.FinishedAt(1));
        Assert.Equal(8 * 5 * Second, run.Simulation.FinishedAt(0)); // its update 10 needs the other's 8
    }

    [Fact]
    public void Outage_ThatEnds_PutsOffWhatFellIntoIt()
    {
        SimulationOptions options = new() { Updates = 5, Outages = [new Outage(0, 2.5 * Second, 9 * Second)] };
        Run run = new(new RingTopology(1), null, options);
        Assert.Equal(11 * Second, run.Simulation.FinishedAt(0)); // updates 1 and 2, then 3 at 9 s, 4, 5
    }

    [Fact]
    public void InPeerThatDies_IsGivenUpAfterTheTimeOut()
    {
        SimulationOptions options = new() { Updates = 10, TimeOut = 20 * Second, Outages = [new Outage(1, 3.5 * Second)] };
        Run run = new(new RingTopology(2), null, options, maxStaleness: 1);
        Assert.Equal(3, run.Simulation.UpdatesOf(1));
        Assert.Null(run.Simulation.FinishedAt(1));
        Assert.Equal(30 * Second, run.Simulation.FinishedAt(0)); // ten updates, and one wait at the fifth
        Assert.Equal(1, run.Gossip[0].Statistics.TimeOuts);
    }

    [Fact]
    public void InPeerThatDies_WithoutATimeOut_IsWaitedForEverAndTheRunEnds()
    {
        SimulationOptions options = new() { Updates = 10, TimeOut = null, Outages = [new Outage(1, TimeSpan.Zero)] };
        Run run = new(new RingTopology(2), null, options, maxStaleness: 1);
        Assert.Equal(1, run.Simulation.UpdatesOf(0));
        Assert.True(run.Gossip[0].Statistics.IsWaiting);
    }

    [Fact]
    public void Run_InSteadyState_AllocatesNothingForAnExchange()
    {
        Assert.Equal(Allocated(100), Allocated(200));

        static long Allocated(int updates)
        {
            NetworkConditions conditions = new() { Delay = DurationDistribution.Constant(Second / 2) };
            long before = 0;
            SimulationOptions options = new() { Updates = updates, Exchanged = (_, update) => before = update == 50 ? GC.GetAllocatedBytesForCurrentThread() : before };
            _ = new Run(new ExponentialTopology(8), conditions, options, maxStaleness: 0);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Memory_OfATransportAndItsAgents_GoesWithTheEdgesAndNotWithTheSquare()
    {
        Assert.InRange(Allocated(2_000), 0, 3 * Allocated(1_000)); // twice as much, and not four times

        static long Allocated(int agents)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using SimulatedNetwork network = new(new RingTopology(agents), 1);
            _ = Enumerable.Range(0, agents).Select(rank => new GossipAgent(network, rank)).ToArray();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Constructor_TooFewAgents_Throws()
    {
        using SimulatedNetwork network = new(new RingTopology(3), 1);
        Assert.Throws<ArgumentException>(() => new Simulation(network, [new GossipAgent(network, 0)], [0], new SimulationOptions()));
    }

    /// <summary>Agents that add 1 to their one parameter at each update.</summary>
    private sealed class Run
    {
        public Run(Topology topology, NetworkConditions? conditions, SimulationOptions options, long? maxStaleness = null)
        {
            SimulatedNetwork network = new(topology, 1, conditions);
            GossipAgentOptions gossip = new() { MaxStaleness = maxStaleness };
            Gossip = [.. Enumerable.Range(0, topology.Agents).Select(rank => new GossipAgent(network, rank, gossip))];
            Simulation = new Simulation(network, Gossip, [0], options with { LocalUpdate = (_, _, parameters) => parameters[0]++ });
            Simulation.Run();
        }

        public GossipAgent[] Gossip { get; }

        public Simulation Simulation { get; }
    }
}
