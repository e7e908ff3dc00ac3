namespace Gala.Gossip.Tests;

/// <summary>One agent of a simulated network sends poison now and then: nobody else may ever be touched by it.</summary>
public sealed class PoisonedRunTests
{
    private const int Length = 70;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Run_OneAgentSendsPoison_NobodyElseIsEverNotFinite(int seed)
    {
        Random random = new(seed);
        int agents = random.Next(2, 9), bad = random.Next(agents);
        bool pushSum = random.Next(2) == 0;
        Topology topology = random.Next(3) switch
        {
            0 => new RingTopology(agents),
            1 => new ExponentialTopology(agents),
            _ => GraphTopology.Random(agents, random),
        };
        NetworkConditions conditions = new()
        {
            Seed = (ulong)seed,
            Delay = DurationDistribution.Exponential(random.NextDouble() * TimeSpan.FromSeconds(2)),
            Loss = pushSum ? 0 : random.NextDouble() / 5,
        };
        using SimulatedNetwork network = new(topology, Length, conditions, keepsEveryMessage: pushSum);
        GossipAgentOptions options = new() { MaxStaleness = random.Next(2) == 0 ? null : 4 };
        AsynchronousGossip[] gossip = [.. Enumerable.Range(0, agents).Select(rank => pushSum
            ? (AsynchronousGossip)new PushSumAgent(network, rank, options)
            : new GossipAgent(network, rank, options))];
        Simulation simulation = null!;
        simulation = new Simulation(network, gossip, new float[Length], new SimulationOptions
        {
            Seed = (ulong)seed,
            Updates = 100,
            Compute = DurationDistribution.Uniform(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)),
            TimeOut = TimeSpan.FromSeconds(10),
            LocalUpdate = Update,
            Exchanged = Check,
        });
        simulation.Run();
        long refused = gossip.Sum(agent => agent.Statistics.RefusedMessages);
        Assert.True(refused > 10, $"{refused} refused");
        Assert.All(Enumerable.Range(0, agents), rank => Assert.Equal(100, simulation.UpdatesOf(rank)));

        void Update(int rank, long update, Span<float> parameters)
        {
            if (rank != bad)
            {
                parameters.Fill(rank);
                return;
            }

            parameters.Fill(0.5f);
            if (random.Next(2) == 0)
            {
                parameters[random.Next(Length)] = Poison.Elements[random.Next(Poison.Elements.Length)];
            }
        }

        void Check(int rank, long update)
        {
            if (rank != bad)
            {
                foreach (float parameter in simulation.ParametersOf(rank))
                {
                    Assert.InRange(parameter, 0, agents); // a mean of what the others have; never NaN
                }
            }
        }
    }
}
