namespace Gala.Gossip.Tests;

public sealed class RefusedMessageTests
{
    private static readonly float[] Sound = Poison.Healthy(37);

    public static TheoryData<long> ImpossibleIterations => [-1, long.MinValue, long.MinValue + 1, 1L << 53, long.MaxValue];

    public static TheoryData<double> ImpossibleWeights => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e-9, 3, 1e300];

    [Theory]
    [InlineData(MessageFormat.Exact, false)]
    [InlineData(MessageFormat.Exact, true)]
    [InlineData(MessageFormat.BFloat16, false)]
    [InlineData(MessageFormat.BFloat16, true)]
    public void Exchange_PoisonedMessage_ChangesNoBitAndIsCounted(MessageFormat format, bool pushSum)
    {
        foreach (float[] poisoned in Poison.Vectors())
        {
            List<GossipRefusal> refusals = [];
            using MailboxTransport transport = new(new RingTopology(2), poisoned.Length, format);
            AsynchronousGossip agent = Agent(transport, pushSum, new GossipAgentOptions { MaxStaleness = 0, Refused = refusals.Add });
            float[] expected = Poison.Healthy(poisoned.Length), parameters = [.. expected];
            transport.Endpoint(1).Publish(poisoned, 7, weight: 0.5);
            Assert.Equal(default, agent.Exchange(parameters, 7));
            Poison.AssertSameBits(expected, parameters);
            Assert.Equal([new GossipRefusal(Rank: 0, Peer: 1, Update: 7)], refusals);
            Assert.Equal((1, 0, 0), (agent.Statistics.RefusedMessages, agent.Statistics.Mixes, agent.Statistics.Waits));
        }
    }

    [Fact]
    public void Exchange_PoisonAtRandomPlaces_IsAlwaysFound()
    {
        const int Length = 3_001;
        Random random = new(5);
        using MailboxTransport exact = new(new RingTopology(2), Length), rounded = new(new RingTopology(2), Length, MessageFormat.BFloat16);
        GossipAgent[] agents = [new(exact, 0), new(rounded, 0)];
        float[] expected = Poison.Healthy(Length), parameters = [.. expected];
        for (int update = 1; update <= 1_000; update++)
        {
            float[] poisoned = Poison.At(random.Next(Length), Poison.Elements[random.Next(Poison.Elements.Length)], Length);
            exact.Endpoint(1).Publish(poisoned, update);
            rounded.Endpoint(1).Publish(poisoned, update);
            Assert.All(agents, agent => Assert.False(agent.Exchange(parameters, update).Mixed));
        }

        Poison.AssertSameBits(expected, parameters);
        Assert.All(agents, agent => Assert.Equal(1_000, agent.Statistics.RefusedMessages));
    }

    [Fact]
    public void Exchange_LargeElementsBelowTheLimit_AreMixed()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        GossipAgent agent = new(transport, 0);
        transport.Endpoint(1).Publish([1.8e19f], 1);
        transport.Endpoint(2).Publish([1.8e19f], 1);
        float[] parameters = [0];
        Assert.True(agent.Exchange(parameters, 1).Mixed);
        Assert.Equal(1.2e19f, parameters[0], 1e13f);
    }

    [Fact]
    public void Exchange_OneInPeerPoisoned_MixesTheOthersWithoutWaiting()
    {
        using MailboxTransport transport = new(new CompleteTopology(4), 1);
        GossipAgent agent = new(transport, 0, new GossipAgentOptions { MaxStaleness = 0, TimeOut = null });
        float[] parameters = [6];
        for (int update = 1; update <= 3; update++)
        {
            parameters[0] = 6;
            transport.Endpoint(1).Publish([3], update);
            transport.Endpoint(2).Publish([float.NaN], update);
            transport.Endpoint(3).Publish([0], update);
            Assert.True(agent.Exchange(parameters, update).Mixed);
            Assert.Equal(3f, parameters[0]); // (6 + 3 + 0) / 3
        }

        Assert.Equal((3, 3, 0), (agent.Statistics.Mixes, agent.Statistics.RefusedMessages, agent.Statistics.Waits));
    }

    [Fact]
    public void Exchange_SenderRecovered_IsMixedAgain()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        GossipAgent agent = new(transport, 0);
        float[] parameters = [4];
        transport.Endpoint(1).Publish([float.NaN], 1);
        Assert.False(agent.Exchange(parameters, 1).Mixed);
        transport.Endpoint(1).Publish([2], 2);
        Assert.True(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal(3f, parameters[0]);
    }

    [Fact]
    public void Exchange_PoisonInPlaceOfAMessageHeldBack_GoesOnWithTheOthers()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), 1);
        GossipAgent agent = new(transport, 0);
        float[] parameters = [4];
        transport.Endpoint(1).Publish([100], 1);
        Assert.False(agent.Exchange(parameters, 1).Mixed); // agent 2 has not spoken
        transport.Endpoint(1).Publish([float.NaN], 2);
        transport.Endpoint(2).Publish([2], 2);
        Assert.True(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal(3f, parameters[0]);
    }

    [Theory, MemberData(nameof(ImpossibleIterations))]
    public void Exchange_ImpossibleIteration_IsRefusedAndHeardNow(long iteration)
    {
        foreach (bool pushSum in (bool[])[false, true])
        {
            using MailboxTransport transport = new(new RingTopology(2), Sound.Length);
            AsynchronousGossip agent = Agent(transport, pushSum, new GossipAgentOptions { MaxStaleness = 1, TimeOut = TimeSpan.FromSeconds(5), Clock = new ScriptedClock() });
            float[] parameters = [.. Sound];
            for (int update = 1; update <= 5; update++) // nobody waits while it speaks
            {
                transport.Endpoint(1).Publish(Poison.At(0, 1, Sound.Length), iteration);
                Assert.False(agent.Exchange(parameters, update).Mixed);
                Assert.True(transport.Endpoint(1).TryReceive(0)); // so that nothing comes back
            }

            Poison.AssertSameBits(Sound, parameters);
            Assert.Equal((5, 0), (agent.Statistics.RefusedMessages, agent.Statistics.Waits));
            agent.Exchange(parameters, 7);
            Assert.Equal(1, agent.Statistics.TimeOuts); // but it cannot speak for the future
        }
    }

    [Theory, MemberData(nameof(ImpossibleWeights))]
    public void PushSum_ImpossibleWeight_ChangesNeitherWeightNorParameters(double weight)
    {
        using MailboxTransport transport = new(new RingTopology(2), Sound.Length);
        PushSumAgent agent = new(transport, 0);
        float[] parameters = [.. Sound];
        transport.Endpoint(1).Publish(Poison.At(0, 1, Sound.Length), 1, weight);
        Assert.False(agent.Exchange(parameters, 1).Mixed);
        Poison.AssertSameBits(Sound, parameters);
        Assert.Equal((0.5, 1), (agent.Weight, agent.Statistics.RefusedMessages)); // it gave one half away
    }

    [Fact]
    public void PushSum_SenderPoisonedForLong_LosesNoWeight()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        PushSumAgent[] agents = [new(transport, 0), new(transport, 1)];
        float[] parameters = [3];
        for (int update = 1; update <= 1_000; update++)
        {
            agents[1].Exchange([float.NaN], update);
            Assert.False(agents[0].Exchange(parameters, update).Mixed);
        }

        Assert.True(transport.Endpoint(1).TryReceive(0)); // on its way
        Assert.Equal(2, agents[0].Weight + agents[1].Weight + transport.Endpoint(1).Received(0).Weight, 1e-12);
        Assert.Equal((3f, 1_000), (parameters[0], agents[0].Statistics.RefusedMessages));
    }

    [Fact]
    public void PushSum_OwnPoisonedMessageComesBack_GivesTheWeightAlone()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        PushSumAgent agent = new(transport, 0);
        agent.Exchange([float.NaN], 1);
        float[] parameters = [3];
        Assert.False(agent.Exchange(parameters, 2).Mixed);
        Assert.Equal((3f, 0.75), (parameters[0], agent.Weight)); // a quarter is on its way
    }

    [Fact]
    public void TryEnter_PoisonedInPeer_TakesOverNothing()
    {
        foreach (float[] poisoned in Poison.Vectors())
        {
            List<GossipRefusal> refusals = [];
            using Membership membership = new(2, poisoned.Length, agents => new RingTopology(agents));
            ElasticGossip[] agents = [new(membership, 0), new(membership, 1)];
            ElasticGossip late = new(membership, 7, new GossipAgentOptions { Refused = refusals.Add });
            float[] expected = Poison.Healthy(poisoned.Length), parameters = [.. expected];
            Assert.False(late.TryEnter(parameters));
            agents[1].Exchange(poisoned, 1);
            Assert.False(late.TryEnter(parameters));
            Poison.AssertSameBits(expected, parameters);
            Assert.Equal([(7, 1)], refusals.Select(refusal => (refusal.Rank, refusal.Peer)));
            Assert.Equal(1, late.Statistics.RefusedMessages);
            agents[1].Exchange(new float[poisoned.Length], 2);
            Assert.True(late.TryEnter(parameters));
            Assert.All(parameters, parameter => Assert.Equal(0, parameter));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exchange_RefusedInSteadyState_AllocatesNothing(bool pushSum)
    {
        using MailboxTransport transport = new(new RingTopology(2), Sound.Length);
        AsynchronousGossip agent = Agent(transport, pushSum, new GossipAgentOptions());
        float[] poisoned = Poison.At(3, float.NaN, Sound.Length), parameters = [.. Sound];
        Exchange(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(2);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2, agent.Statistics.RefusedMessages);

        void Exchange(long update)
        {
            transport.Endpoint(1).Publish(poisoned, update, weight: 0.5);
            agent.Exchange(parameters, update);
        }
    }

    private static AsynchronousGossip Agent(IGossipTransport transport, bool pushSum, GossipAgentOptions options) =>
        pushSum ? new PushSumAgent(transport, 0, options) : new GossipAgent(transport, 0, options);
}
