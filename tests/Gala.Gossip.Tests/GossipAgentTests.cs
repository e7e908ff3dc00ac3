namespace Gala.Gossip.Tests;

public sealed class GossipAgentTests
{
    [Fact]
    public void Exchange_MessageFromEveryInPeer_AveragesWithTheReceiversWeights()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 2);
        GossipAgent agent = new(transport, 0);
        transport.Endpoint(1).Publish([3, 30], 1);
        transport.Endpoint(2).Publish([9, 60], 1);
        float[] parameters = [6, 0];
        Assert.Equal(new GossipResult(Mixed: true, Stop: false), agent.Exchange(parameters, 1));
        Assert.Equal([6f, 30], parameters);
        Assert.Equal(1, agent.Statistics.Mixes);
    }

    [Fact]
    public void Exchange_AMessageMissing_PublishesAndGoesOnUntouched()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        GossipAgent agent = new(transport, 0);
        transport.Endpoint(1).Publish([3], 1);
        float[] parameters = [6];
        Assert.False(agent.Exchange(parameters, 1).Mixed);
        Assert.Equal([6f], parameters);
        Assert.True(transport.Endpoint(2).TryReceive(0));
        Assert.Equal(6, transport.Endpoint(2).Received(0).Parameters[0]); // before the averaging, as it was sent
    }

    [Fact]
    public void Exchange_TheMissingMessageComesLater_MixesTheNewestOfEach()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        GossipAgent agent = new(transport, 0);
        float[] parameters = [6];
        transport.Endpoint(1).Publish([1000], 1);
        agent.Exchange(parameters, 1);
        transport.Endpoint(1).Publish([3], 2);
        transport.Endpoint(2).Publish([9], 1);
        Assert.True(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal([6f], parameters);
        Assert.Equal(1, agent.Statistics.Staleness); // agent 2's message was of update 1
    }

    [Fact]
    public void Exchange_SameMessageAgain_IsNotMixedTwice()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(transport, 0);
        transport.Endpoint(1).Publish([2], 1);
        float[] parameters = [0];
        Assert.True(agent.Exchange(parameters, 1).Mixed);
        Assert.False(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal([1f], parameters);
    }

    [Fact]
    public void Exchange_PeerAhead_HasNegativeStaleness()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 0 });
        transport.Endpoint(1).Publish([2], 7);
        Assert.True(agent.Exchange([0], 4).Mixed);
        Assert.Equal(-3, agent.Statistics.Offset);
        Assert.Equal(0, agent.Statistics.Waits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Exchange_WithASlowPeer_NeverRunsFurtherAheadThanTheBound(int maxStaleness)
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        long slowUpdate = 0;
        int update = 0;
        ScriptedClock clock = new(read =>
        {
            if (read % 3 == 2 && update - slowUpdate > maxStaleness) // the slow peer takes its time, then does one update
            {
                transport.Endpoint(1).Publish([0], ++slowUpdate);
            }
        });
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = maxStaleness, TimeOut = null, Clock = clock });
        for (update = 1; update <= 50; update++)
        {
            bool mixed = agent.Exchange([0], update).Mixed;
            Assert.InRange(update - slowUpdate, 0, maxStaleness);
            Assert.False(mixed && agent.Statistics.Staleness > maxStaleness);
        }

        Assert.Equal(50 - maxStaleness, agent.Statistics.Waits); // and it waits no more often than it must
        Assert.True(agent.Statistics.Waited > TimeSpan.Zero);
        Assert.Equal(0, agent.Statistics.TimeOuts);
    }

    [Fact]
    public void Exchange_HeldMessageGrownTooOld_IsNotMixedBeforeANewerOneComes()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        ScriptedClock clock = new(read =>
        {
            if (read == 3)
            {
                transport.Endpoint(1).Publish([3], 4);
            }
        });
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 2, TimeOut = null, Clock = clock });
        float[] parameters = [6];
        transport.Endpoint(1).Publish([1000], 1);
        agent.Exchange(parameters, 1);
        transport.Endpoint(2).Publish([9], 4);
        Assert.True(agent.Exchange(parameters, 4).Mixed); // agent 1's message of update 1 is 3 behind
        Assert.Equal([6f], parameters);
        Assert.Equal(0, agent.Statistics.Staleness);
    }

    [Fact]
    public void Exchange_SilentPeer_IsReportedOnceAndNotWaitedForAgain()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        ScriptedClock clock = new();
        List<GossipTimeOut> reports = [];
        GossipAgent agent = new(
            transport, 0, new GossipAgentOptions { MaxStaleness = 1, TimeOut = TimeSpan.FromSeconds(5), Clock = clock, TimedOut = reports.Add });
        Assert.False(agent.Exchange([0], 1).Mixed);
        Assert.False(agent.Exchange([0], 2).Mixed); // 2 behind the 0 that it is taken to be at
        Assert.Equal([new GossipTimeOut(Rank: 0, Peer: 1, Update: 2, LastIteration: 0, Waited: TimeSpan.FromSeconds(5))], reports);
        int reads = clock.Reads;
        Assert.False(agent.Exchange([0], 3).Mixed);
        Assert.Equal(reads, clock.Reads);
        Assert.Equal((1, 1), (agent.Statistics.TimeOuts, agent.Statistics.Waits));
        Assert.False(agent.Statistics.IsWaiting);
    }

    [Fact]
    public void Exchange_SilentPeerSpeaksAgain_CountsAgain()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(
            transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = TimeSpan.FromSeconds(3), Clock = new ScriptedClock() });
        agent.Exchange([0], 1);
        transport.Endpoint(1).Publish([2], 2);
        float[] parameters = [0];
        Assert.True(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal([1f], parameters);
        agent.Exchange(parameters, 3); // waits for it again
        Assert.Equal((2, 2), (agent.Statistics.TimeOuts, agent.Statistics.Waits));
    }

    [Fact]
    public void Exchange_OnePeerGone_MixesWithTheOthers()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null });
        transport.Endpoint(1).Leave();
        transport.Endpoint(2).Publish([4], 1);
        float[] parameters = [0];
        Assert.True(agent.Exchange(parameters, 1).Mixed);
        Assert.Equal([2f], parameters);
        Assert.Equal(0, agent.Statistics.Waits);
    }

    [Fact]
    public void Exchange_PeerFinishedWithALastMessage_UsesItOnceAndNeverWaits()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null });
        transport.Endpoint(1).Publish([8], 1);
        transport.Endpoint(1).Leave();
        float[] parameters = [0];
        Assert.Equal([true, false, false], Enumerable.Range(1, 3).Select(update => agent.Exchange(parameters, update).Mixed));
        Assert.Equal([4f], parameters);
        Assert.Equal(0, agent.Statistics.Waits);
    }

    [Fact]
    public void Exchange_CancelledWhileWaiting_ThrowsAndLeavesTheParameters()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        using CancellationTokenSource cancellation = new();
        GossipAgent? agent = null;
        bool wasWaiting = false;
        ScriptedClock clock = new(read =>
        {
            if (read == 4)
            {
                wasWaiting = agent!.Statistics.IsWaiting;
                cancellation.Cancel();
            }
        });
        agent = new GossipAgent(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null, Clock = clock });
        float[] parameters = [3];
        Assert.Throws<OperationCanceledException>(() => agent.Exchange(parameters, 1, cancellation.Token));
        Assert.Equal([3f], parameters);
        Assert.True(wasWaiting);
    }

    [Fact]
    public void RequestStop_WhileWaiting_EndsTheWait()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent? agent = null;
        ScriptedClock clock = new(read =>
        {
            if (read == 4)
            {
                agent!.RequestStop();
            }
        });
        agent = new GossipAgent(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null, Clock = clock });
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), agent.Exchange([0], 1));
    }

    [Fact]
    public void Exchange_ResumedAtALaterUpdate_CountsFromThere()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 2, TimeOut = null });
        agent.Exchange([0], 1_001);
        agent.Exchange([0], 1_002);
        Assert.Equal(0, agent.Statistics.Waits);
    }

    [Fact]
    public void Exchange_ResumedFarAheadOfItsPeerCountingFromTheFirst_DoesNotWaitForItToCatchUp()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgentOptions options = new() { MaxStaleness = 2, TimeOut = null, CountFromFirst = true };
        GossipAgent[] agents = [new(transport, 0, options), new(transport, 1, options)];
        for (int update = 1; update <= 20; update++)
        {
            agents[0].Exchange([0], 1_000 + update);
            agents[1].Exchange([0], update);
        }

        Assert.Equal(0, agents[0].Statistics.Waits);
        Assert.Equal(1, agents[0].Statistics.Staleness);
    }

    [Fact]
    public void Exchange_OneAgentAlone_TouchesNothing()
    {
        float[] parameters = [1, float.NaN, -0f];
        int[] bits = Array.ConvertAll(parameters, BitConverter.SingleToInt32Bits);
        using MailboxTransport transport = new(new RingTopology(1), 3);
        using LockStepGossip lockStep = new(new RingTopology(1), 3);
        foreach (IGossip gossip in (IGossip[])[new NoGossip(), new GossipAgent(transport, 0), lockStep.Agent(0)])
        {
            Assert.Equal(default, gossip.Exchange(parameters, 1));
            Assert.Equal(bits, Array.ConvertAll(parameters, BitConverter.SingleToInt32Bits));
            gossip.RequestStop();
            Assert.True(gossip.Exchange(parameters, 2).Stop);
            Assert.Equal(0, gossip.Statistics.Mixes);
            gossip.Leave();
        }
    }

    [Fact]
    public void Exchange_InSteadyState_AllocatesNothing()
    {
        using MailboxTransport transport = new(new RingTopology(2), 4_675);
        GossipAgent[] agents = [new(transport, 0, new GossipAgentOptions { MaxStaleness = 2 }), new(transport, 1)];
        float[] parameters = new float[4_675];
        Array.ForEach(agents, agent => agent.Exchange(parameters, 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int update = 2; update < 20; update++)
        {
            agents[0].Exchange(parameters, update);
            agents[1].Exchange(parameters, update);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("ring", 3, 0)]
    [InlineData("complete", 4, 2)]
    [InlineData("exponential", 5, 100)]
    [InlineData("one-peer-exponential", 4, 3)]
    [InlineData("bipartite-exponential", 6, 0)]
    [InlineData("random-regular:degree=2:seed=1", 5, 1)]
    public void Agents_OnTheirOwnThreads_StayWithinTheirFirstHullAndTheBound(string name, int agents, int maxStaleness)
    {
        const int Updates = 300, Length = 33;
        Topology topology = Topologies.Create(name, agents);
        using MailboxTransport transport = new(topology, Length);
        long[] staleness = new long[agents];
        bool[] inside = new bool[agents];
        Thread[] threads = [.. Enumerable.Range(0, agents).Select(rank => new Thread(() =>
        {
            GossipAgent agent = new(transport, rank, new GossipAgentOptions { MaxStaleness = maxStaleness, TimeOut = null });
            float[] parameters = [.. Enumerable.Repeat((float)rank, Length)];
            inside[rank] = true;
            for (int update = 1; update <= Updates; update++)
            {
                agent.Exchange(parameters, update);
                staleness[rank] = Math.Max(staleness[rank], agent.Statistics.Staleness);
                inside[rank] &= parameters[0] >= -1e-4 && parameters[0] <= agents - 1 + 1e-4 && !parameters.AsSpan().ContainsAnyExcept(parameters[0]);
            }

            agent.Leave();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(inside, Assert.True);
        Assert.All(staleness, oldest => Assert.InRange(oldest, long.MinValue, maxStaleness));
    }

    [Fact]
    public void GossipAgent_NegativeLimits_Throw()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GossipAgent(transport, 0, new GossipAgentOptions { MaxStaleness = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GossipAgent(transport, 0, new GossipAgentOptions { TimeOut = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GossipAgent(transport, 2));
    }
}
