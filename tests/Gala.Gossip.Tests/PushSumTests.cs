using FsCheck;
using FsCheck.Fluent;

namespace Gala.Gossip.Tests;

public sealed class PushSumTests
{
    private const int Length = 7;

    [Fact]
    public void Exchange_OneMessage_WeighsItAsItsSenderDid()
    {
        using MailboxTransport transport = new(GraphTopology.Star(3), 1);
        PushSumAgent hub = new(transport, 0);
        transport.Endpoint(1).Publish([9], 1, weight: 0.5);
        float[] parameters = [1];
        Assert.True(hub.Exchange(parameters, 1).Mixed);
        Assert.Equal((1 / 3.0) + 0.5, hub.Weight, 1e-15); // it keeps a third of its own, since it has two out-peers
        Assert.Equal(((1 / 3.0 * 1) + (0.5 * 9)) / hub.Weight, parameters[0], 1e-5);
        Assert.Equal(1, hub.Statistics.Mixes);
    }

    [Fact]
    public void Exchange_PeerThatTakesNothing_GetsNoMoreThanAThirdOfTheWeight()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        PushSumAgent agent = new(transport, 0);
        float[] parameters = [3];
        for (int update = 1; update <= 2_000; update++)
        {
            agent.Exchange(parameters, update);
        }

        Assert.Equal(2 / 3.0, agent.Weight, 1e-6); // w ← w / 2 + (1 − w)
        Assert.Equal(3, parameters[0], 1e-5);
    }

    [Fact]
    public void Exchange_NothingEverComes_KeepsAWeightAboveZero()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        PushSumAgent agent = new(transport, 0);
        for (int update = 1; update <= 2_000; update++)
        {
            agent.Exchange([3], update);
            Assert.True(transport.Endpoint(1).TryReceive(0));
        }

        Assert.True(agent.Weight > 0);
    }

    [Fact]
    public void Weights_AnyOrderOfSendingAndReceiving_AreConservedAndSoIsTheMean() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(5, 7),
        Prop.ForAll<int>(ArbMap.Default.ArbFor<int>(), seed => ConservesMass(new Random(seed))));

    [Fact]
    public void Agents_WithoutLearning_AgreeOnTheMeanOfTheStart()
    {
        Random random = new(3);
        using MailboxTransport transport = new(GraphTopology.Star(5), Length);
        float[][] parameters = LockStepRun.Draw(5, Length, seed: 4);
        double[] mean = LockStepRun.Mean(parameters);
        PushSumAgent[] agents = [.. Enumerable.Range(0, 5).Select(rank => new PushSumAgent(transport, rank))];
        long[] updates = new long[5];
        for (int step = 0; step < 2_000; step++)
        {
            int rank = random.Next(5);
            agents[rank].Exchange(parameters[rank], ++updates[rank]);
        }

        Assert.All(parameters, vector => Assert.All(vector.Zip(mean), pair => Assert.Equal(pair.Second, pair.First, 1e-4)));
    }

    [Fact]
    public void Agents_OnTheirOwnThreads_ConserveWeightAndMean()
    {
        const int Agents = 4, Updates = 20_000;
        using MailboxTransport transport = new(GraphTopology.Star(Agents), Length);
        float[][] parameters = LockStepRun.Draw(Agents, Length, seed: 6);
        double[] mean = LockStepRun.Mean(parameters);
        PushSumAgent[] agents = [.. Enumerable.Range(0, Agents).Select(rank => new PushSumAgent(transport, rank))];
        Thread[] threads = [.. Enumerable.Range(0, Agents).Select(rank => new Thread(() =>
        {
            for (int update = 1; update <= Updates; update++)
            {
                agents[rank].Exchange(parameters[rank], update);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        AssertMass(agents, parameters, mean, Updates);
    }

    [Fact]
    public void LockStep_OnAStar_AgreesOnTheMeanWhereAnAverageDoesNot()
    {
        GraphTopology star = GraphTopology.Star(6);
        float[][] start = LockStepRun.Draw(6, Length, seed: 8);
        double[] mean = LockStepRun.Mean(start);
        float[][] pushSum = LockStepRun.Of(star, start, rounds: 120, pushSum: true)[^1];
        float[][] average = LockStepRun.Of(star, start, rounds: 120)[^1];
        Assert.All(pushSum, agent => Assert.All(agent.Zip(mean), pair => Assert.Equal(pair.Second, pair.First, 1e-5)));
        Assert.True(average.Max(agent => agent.Zip(mean).Max(pair => Math.Abs(pair.First - pair.Second))) > 0.01);
    }

    [Fact]
    public void LockStep_RestoredWeights_GoOnToTheSameBits()
    {
        GraphTopology star = GraphTopology.Star(4);
        float[][] start = LockStepRun.Draw(4, Length, seed: 9);
        float[][] whole = LockStepRun.Of(star, start, rounds: 9, pushSum: true)[^1];
        float[][] parameters = [.. start.Select(vector => (float[])[.. vector])];
        MemoryStream[] states = Rounds(star, parameters, first: 1, last: 4, states: null);
        Rounds(star, parameters, first: 5, last: 9, states);
        Assert.Equal(whole, parameters);
    }

    [Fact]
    public void Exchange_InSteadyState_AllocatesNothing()
    {
        using MailboxTransport transport = new(new RingTopology(2), Length);
        PushSumAgent[] agents = [new(transport, 0), new(transport, 1)];
        float[] parameters = new float[Length];
        Exchange(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(2);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange(long update)
        {
            agents[0].Exchange(parameters, update);
            agents[1].Exchange(parameters, update);
        }
    }

    /// <summary>Agents send and receive in a random order, also twice in a row; then everything on its way is taken in.</summary>
    private static bool ConservesMass(Random random)
    {
        int count = random.Next(2, 7);
        using MailboxTransport transport = new(GraphTopology.Random(count, random), Length);
        float[][] parameters = LockStepRun.Draw(count, Length, random.Next());
        double[] mean = LockStepRun.Mean(parameters);
        PushSumAgent[] agents = [.. Enumerable.Range(0, count).Select(rank => new PushSumAgent(transport, rank))];
        int steps = random.Next(1, 200);
        for (int update = 1; update <= steps; update++)
        {
            int rank = random.Next(count);
            if (random.Next(2) == 0)
            {
                agents[rank].Send(parameters[rank], update);
            }
            else
            {
                agents[rank].TryMix(parameters[rank], update, out _);
            }
        }

        AssertMass(agents, parameters, mean, steps);
        return true;
    }

    private static void AssertMass(PushSumAgent[] agents, float[][] parameters, double[] mean, long update)
    {
        for (int rank = 0; rank < agents.Length; rank++)
        {
            agents[rank].TryMix(parameters[rank], update, out _); // what is on its way still
        }

        Assert.Equal(agents.Length, agents.Sum(agent => agent.Weight), 1e-9);
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(mean[i], agents.Zip(parameters, (agent, vector) => agent.Weight * vector[i]).Sum() / agents.Length, 1e-4);
        }
    }

    private static MemoryStream[] Rounds(Topology topology, float[][] parameters, int first, int last, MemoryStream[]? states)
    {
        using LockStepGossip gossip = new(topology, Length, pushSum: true);
        MemoryStream[] saved = [.. parameters.Select(_ => new MemoryStream())];
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            if (states is not null)
            {
                states[rank].Position = 0;
                agent.LoadState(new BinaryReader(states[rank]));
            }

            for (int update = first; update <= last; update++)
            {
                agent.Exchange(parameters[rank], update);
            }

            agent.SaveState(new BinaryWriter(saved[rank]));
        });
        Assert.All(errors, Assert.Null);
        return saved;
    }
}
