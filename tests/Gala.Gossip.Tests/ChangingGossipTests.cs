namespace Gala.Gossip.Tests;

/// <summary>Asynchronous gossip on graphs that change: a message belongs to the round of its sender's update.</summary>
public sealed class ChangingGossipTests
{
    private static readonly OnePeerExponentialTopology Hops = new(4); // to i + 1 in even updates, to i + 2 in odd ones

    [Fact]
    public void Publish_OfARound_ReachesThatRoundsPeerOnly()
    {
        using MailboxTransport transport = new(Hops, 1);
        transport.Endpoint(0).Publish([1], 4);
        Assert.False(transport.Endpoint(2).TryReceive(0));
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(4, transport.Endpoint(1).Received(0).Iteration);
        transport.Endpoint(0).Publish([2], 5);
        Assert.False(transport.Endpoint(1).TryReceive(0)); // and its message of round 4 is still what it holds
        Assert.Equal(1, transport.Endpoint(1).Received(0).Parameters[0]);
        Assert.True(transport.Endpoint(2).TryReceive(0));
    }

    [Fact]
    public void Exchange_MessageForAnotherRound_IsKeptUntilThatRound()
    {
        using MailboxTransport transport = new(Hops, 1);
        GossipAgent agent = new(transport, 0);
        transport.Endpoint(3).Publish([8], 4); // belongs to even rounds
        float[] parameters = [0];
        Assert.False(agent.Exchange(parameters, 1).Mixed); // an odd round is agent 2's
        Assert.True(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal([4f], parameters);
        Assert.Equal(-2, agent.Statistics.Offset);
    }

    [Fact]
    public void Exchange_PeerOfTheRoundSilent_DoesNotTakeAnothers()
    {
        using MailboxTransport transport = new(Hops, 1);
        GossipAgent agent = new(transport, 0);
        float[] parameters = [0];
        for (int update = 2; update <= 8; update++)
        {
            transport.Endpoint(3).Publish([16], update % 2 == 0 ? update : update + 1);
            Assert.Equal(update % 2 == 0, agent.Exchange(parameters, update).Mixed);
        }
    }

    [Fact]
    public void TryMix_OneUpdateAtATime_WaitsForThatRoundsPeerAndNoOther()
    {
        using MailboxTransport transport = new(Hops, 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null });
        float[] parameters = [0];
        agent.Send(parameters, 1);
        transport.Endpoint(3).Publish([100], 2); // ahead of agent 2, and of no use in round 1
        Assert.False(agent.TryMix(parameters, 1, out _));
        transport.Endpoint(2).Publish([6], 1);
        Assert.True(agent.TryMix(parameters, 1, out GossipResult result));
        Assert.True(result.Mixed);
        Assert.Equal([3f], parameters);
        agent.Send(parameters, 2);
        Assert.True(agent.TryMix(parameters, 2, out _)); // agent 3 has spoken
        Assert.Equal([51.5f], parameters);
    }

    [Theory]
    [InlineData("one-peer-exponential", 4)]
    [InlineData("one-peer-exponential", 7)]
    [InlineData("bipartite-exponential", 6)]
    public void Exchange_EveryAgentInStep_EqualsTheProductOfTheRoundsMatrices(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        using MailboxTransport transport = new(topology, 1);
        GossipAgent[] group = [.. Enumerable.Range(0, agents).Select(rank => new GossipAgent(transport, rank, new GossipAgentOptions { MaxStaleness = 0 }))];
        float[][] parameters = LockStepRun.Draw(agents, 1, seed: 3);
        double[] expected = [.. parameters.Select(agent => (double)agent[0])];
        for (int update = 1; update <= 9; update++)
        {
            for (int rank = 0; rank < agents; rank++)
            {
                group[rank].Send(parameters[rank], update);
            }

            double[,] matrix = topology.MixingMatrix(update);
            expected = [.. Enumerable.Range(0, agents).Select(i => Enumerable.Range(0, agents).Sum(j => matrix[i, j] * expected[j]))];
            for (int rank = 0; rank < agents; rank++)
            {
                Assert.True(group[rank].TryMix(parameters[rank], update, out GossipResult result) && result.Mixed);
                Assert.Equal(expected[rank], parameters[rank][0], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("one-peer-exponential", 5, 0)]
    [InlineData("one-peer-exponential", 8, 1)]
    [InlineData("bipartite-exponential", 6, 2)]
    [InlineData("bipartite-exponential", 8, 100)]
    public void TryMix_AgentsInAnyOrder_NeverLockUpNorMixWhatIsTooOld(string name, int agents, int maxStaleness)
    {
        const int Updates = 200;
        Topology topology = Topologies.Create(name, agents);
        using MailboxTransport transport = new(topology, 1);
        GossipAgent[] group = [.. Enumerable.Range(0, agents)
            .Select(rank => new GossipAgent(transport, rank, new GossipAgentOptions { MaxStaleness = maxStaleness, TimeOut = null }))];
        float[][] parameters = [.. Enumerable.Range(0, agents).Select(rank => new float[] { rank })];
        int[] updates = new int[agents];
        bool[] waiting = new bool[agents];
        Random random = new(11);
        int idle = 0;
        while (updates.Min() < Updates)
        {
            int rank = (int)(agents * random.NextDouble() * random.NextDouble()); // low ranks are much faster
            if (!waiting[rank])
            {
                group[rank].Send(parameters[rank], ++updates[rank]);
            }

            waiting[rank] = !group[rank].TryMix(parameters[rank], updates[rank], out GossipResult result);
            idle = waiting[rank] ? idle + 1 : 0;
            Assert.InRange(idle, 0, 10_000);
            Assert.False(result.Mixed && group[rank].Statistics.Staleness > maxStaleness);
            Assert.InRange(parameters[rank][0], 0, agents - 1);
        }

        Assert.All(group, agent => Assert.True(agent.Statistics.Mixes > 0));
    }

    [Fact]
    public void PushSum_OnAGraphThatChanges_KeepsWeightAndMean()
    {
        EdgeListTopology topology = new("mine", 3, [(0, 1), (0, 2)], [(1, 0), (2, 1)], [(2, 0)]);
        using MailboxTransport transport = new(topology, 1);
        PushSumAgent[] group = [.. Enumerable.Range(0, 3).Select(rank => new PushSumAgent(transport, rank))];
        float[][] parameters = [[0], [6], [12]];
        Random random = new(4);
        int[] updates = new int[3];
        for (int i = 0; i < 3_000; i++)
        {
            int rank = random.Next(3);
            group[rank].Exchange(parameters[rank], ++updates[rank]);
        }

        Assert.All(parameters, agent => Assert.Equal(6, agent[0], 0.001));
    }

    [Fact]
    public void Exchange_OnAGraphThatChanges_AllocatesNothing()
    {
        using MailboxTransport transport = new(Hops, 64);
        GossipAgent[] group = [.. Enumerable.Range(0, 4).Select(rank => new GossipAgent(transport, rank, new GossipAgentOptions { MaxStaleness = 4 }))];
        float[] parameters = new float[64];
        Round(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int update = 2; update < 20; update++)
        {
            Round(update);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int update)
        {
            foreach (GossipAgent agent in group)
            {
                agent.Exchange(parameters, update);
            }
        }
    }
}
