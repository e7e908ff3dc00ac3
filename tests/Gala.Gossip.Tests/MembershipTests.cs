namespace Gala.Gossip.Tests;

public sealed class MembershipTests
{
    [Fact]
    public void TryEnter_OnceAnInPeerHasSpoken_TakesOverItsParameters()
    {
        using Membership membership = Ring(3);
        ElasticGossip[] agents = Agents(membership, 3);
        ElasticGossip late = new(membership, 7);
        float[] parameters = [-1];
        Assert.False(late.TryEnter(parameters));
        Assert.Equal(-1, parameters[0]);
        Assert.Equal([0, 1, 2, 7], membership.Members);

        agents[2].Exchange([42], 100);
        Assert.True(late.TryEnter(parameters));
        Assert.Equal(42, parameters[0]);
    }

    [Fact]
    public void TryEnter_NobodyElseThere_BeginsAtOnce()
    {
        using Membership membership = Ring(0);
        ElasticGossip agent = new(membership, 3);
        Assert.True(agent.TryEnter([1]));
        Assert.False(agent.Exchange([1], 1).Mixed);
    }

    [Fact]
    public void Exchange_AfterSomebodyJoined_MixesWithTheNewInPeerAndWeights()
    {
        using Membership membership = new(2, 1, agents => new CompleteTopology(agents));
        ElasticGossip[] agents = Agents(membership, 2);
        agents[0].Exchange([0], 1);
        ElasticGossip late = new(membership, 2);
        late.TryEnter([0]);
        agents[0].Exchange([3], 2);
        float[] parameters = [0];
        Assert.True(late.TryEnter(parameters));
        Assert.Equal(3, parameters[0]);
        late.Exchange([6], 1);
        float[] mixed = [12];
        agents[1].Exchange([0], 2);
        agents[0].Exchange(mixed, 3);
        Assert.Equal((12 + 6 + 0) / 3f, mixed[0]);
    }

    [Fact]
    public void Leave_InTheMiddleOfARing_ClosesTheGap()
    {
        using Membership membership = Ring(3);
        ElasticGossip[] agents = Agents(membership, 3);
        Array.ForEach(agents, agent => agent.Exchange([0], 1));
        agents[1].Leave();
        agents[1].Leave();
        agents[0].Exchange([10], 2);
        float[] parameters = [20];
        Assert.True(agents[2].Exchange(parameters, 2).Mixed); // from agent 0, which sent to agent 1 before
        Assert.Equal(15, parameters[0]);
        Assert.Equal([0, 2], membership.Members);
        Assert.Contains("has left", Assert.Throws<InvalidOperationException>(() => agents[1].Exchange([0], 2)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 2], membership.Members);
    }

    [Fact]
    public void Exchange_SilentInPeer_IsTakenOutAndNamedByItsId()
    {
        using Membership membership = Ring(0);
        List<GossipTimeOut> timeOuts = [];
        GossipAgentOptions options = new() { MaxStaleness = 1, TimeOut = TimeSpan.FromSeconds(3), Clock = new ScriptedClock(), TimedOut = timeOuts.Add };
        foreach (int id in (int[])[4, 6, 9])
        {
            membership.Join(id);
        }

        ElasticGossip[] agents = [new(membership, 4, options), new(membership, 6, options), new(membership, 9, options)];
        Array.ForEach(agents, agent => agent.Exchange([0], 1));
        for (int update = 2; update <= 5; update++) // agent 6 has died
        {
            agents[0].Exchange([0], update);
            agents[2].Exchange([8], update);
        }

        GossipTimeOut timeOut = Assert.Single(timeOuts);
        Assert.Equal((9, 6), (timeOut.Rank, timeOut.Peer));
        Assert.Equal([4, 9], membership.Members);
        Assert.Equal(1, agents[2].Statistics.TimeOuts); // counted on over all views
    }

    [Fact]
    public void Exchange_OfOneThatWasTakenOutAndIsAlive_JoinsAgainWithAnInPeersParameters()
    {
        using Membership membership = Ring(2);
        ElasticGossip[] agents = Agents(membership, 2);
        agents[1] = new ElasticGossip(membership, 1, new GossipAgentOptions
        {
            TimeOut = TimeSpan.FromSeconds(100),
            Clock = new ScriptedClock(read =>
            {
                if (read == 3)
                {
                    agents[0].Exchange([50], 3);
                }
            }),
        });
        Array.ForEach(agents, agent => agent.Exchange([0], 1));
        membership.Remove(1);
        agents[0].Exchange([50], 2);
        float[] parameters = [-9];
        Assert.True(agents[1].Exchange(parameters, 2).Mixed);
        Assert.Equal(50, parameters[0]);
        Assert.Equal([0, 1], membership.Members);
    }

    [Fact]
    public void TryEnter_InPeerThatNeverSpeaks_IsGivenUpAfterTheTimeOut()
    {
        using Membership membership = Ring(2);
        List<GossipTimeOut> timeOuts = [];
        ElasticGossip late = new(membership, 2, new GossipAgentOptions { TimeOut = TimeSpan.FromSeconds(2), Clock = new ScriptedClock(), TimedOut = timeOuts.Add });
        float[] parameters = [6];
        while (!late.TryEnter(parameters))
        {
        }

        Assert.Equal([1, 0], timeOuts.Select(timeOut => timeOut.Peer)); // one after the other, as it became the in-peer
        Assert.Equal([2], membership.Members);
        Assert.Equal(6, parameters[0]);
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("complete")]
    public void Change_WhileOthersTrain_MakesNobodyWait(string topology)
    {
        using Membership membership = new(4, 1, agents => Topologies.Create(topology, agents));
        GossipAgentOptions options = new() { MaxStaleness = 1, TimeOut = TimeSpan.FromSeconds(5) };
        ElasticGossip[] agents = Agents(membership, 4, options);
        long update = 0;
        Round(agents, 20);
        ElasticGossip late = new(membership, 4, options);
        float[] parameters = [0];
        while (!late.TryEnter(parameters))
        {
            Round(agents, 1); // the others go on; it takes a rollout of theirs
        }

        ElasticGossip[] all = [.. agents, late];
        Round(all, 20);
        agents[1].Leave();
        Round([agents[0], agents[2], agents[3], late], 20);
        Assert.All(all, agent => Assert.Equal(0, agent.Statistics.Waits));
        Assert.All(all, agent => Assert.True(agent.Statistics.Mixes >= 18));

        void Round(ElasticGossip[] those, int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                update++;
                Array.ForEach(those, agent => agent.Exchange([1], update));
            }
        }
    }

    [Fact]
    public void Views_ThatAllHaveLeft_AreFreed()
    {
        using Membership membership = Ring(3);
        ElasticGossip[] agents = Agents(membership, 3);
        for (int update = 1; update <= 10; update++)
        {
            membership.Join(3); // changes that agents never see, too
            membership.Remove(3);
            Array.ForEach(agents, agent => agent.Exchange([0], update));
            Assert.Equal(1, membership.OpenViews);
        }

        Array.ForEach(agents, agent => agent.Leave());
        Assert.Empty(membership.Members);
        Assert.Equal(0, membership.OpenViews);
    }

    [Fact]
    public void RequestStop_OfOneThatWaits_EndsItsWait()
    {
        using Membership membership = Ring(2);
        ElasticGossip? waiting = null;
        ScriptedClock clock = new(read =>
        {
            if (read == 2)
            {
                waiting!.RequestStop();
            }
        });
        waiting = new ElasticGossip(membership, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null, Clock = clock });
        Assert.True(waiting.Exchange([0], 1).Stop);
    }

    [Fact]
    public void Exchange_InSteadyState_AllocatesNothing()
    {
        using Membership membership = Ring(2);
        ElasticGossip[] agents = Agents(membership, 2);
        float[] parameters = [1];
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

    [Fact]
    public void Agents_ThatComeAndGoOnTheirOwnThreads_AllFinishWithParametersThatSomebodyHad()
    {
        const int Slots = 6, Lives = 40, Length = 33;
        using Membership membership = new(0, Length, agents => new RingTopology(agents));
        Exception?[] errors = new Exception?[Slots];
        Thread[] threads = [.. Enumerable.Range(0, Slots).Select(slot => new Thread(() =>
            errors[slot] = Record.Exception(() => LiveAndLeave(membership, slot, Lives, Slots, Length))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(errors, Assert.Null);
        Assert.Empty(membership.Members);
        Assert.Equal(0, membership.OpenViews);
    }

    private static void LiveAndLeave(Membership membership, int slot, int lives, int slots, int length)
    {
        Random random = new(slot);
        GossipAgentOptions options = new() { MaxStaleness = 2, TimeOut = null };
        for (int life = 0; life < lives; life++)
        {
            ElasticGossip agent = new(membership, slot + (life * slots), options);
            float[] parameters = new float[length];
            Array.Fill(parameters, slot);
            SpinWait spin = default;
            while (!agent.TryEnter(parameters))
            {
                spin.SpinOnce();
            }

            int updates = random.Next(1, 60);
            for (int update = 1; update <= updates; update++)
            {
                agent.Exchange(parameters, update);
                Assert.DoesNotContain(parameters, value => value != parameters[0]); // whole vectors of equal elements stay so
                Assert.InRange(parameters[0], 0, slots - 1); // a mean of means
            }

            agent.Leave();
        }
    }

    private static Membership Ring(int agents) => new(agents, 1, count => new RingTopology(count));

    private static ElasticGossip[] Agents(Membership membership, int agents, GossipAgentOptions? options = null) =>
        [.. Enumerable.Range(0, agents).Select(id => new ElasticGossip(membership, id, options))];
}
