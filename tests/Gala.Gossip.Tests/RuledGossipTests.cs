namespace Gala.Gossip.Tests;

public sealed class RuledGossipTests
{
    [Fact]
    public void Exchange_NotDue_SendsNothingAndTakesNothing()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        RuledGossip gossip = new(new GossipAgent(transport, 0), new EveryNth(3));
        transport.Endpoint(1).Publish([8], 1);
        float[] parameters = [2];
        Assert.Equal(default, gossip.Exchange(parameters, Update(1)));
        Assert.Equal(default, gossip.Exchange(parameters, Update(2)));
        Assert.Equal([2f], parameters);
        Assert.False(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(new GossipResult(Mixed: true, Stop: false), gossip.Exchange(parameters, Update(3)));
        Assert.Equal([5f], parameters);
        Assert.True(transport.Endpoint(1).TryReceive(0));
    }

    [Fact]
    public void Exchange_EveryThirdUpdate_CountsStalenessInExchanges()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        RuledGossip gossip = new(new GossipAgent(transport, 0, new GossipAgentOptions { MaxStaleness = 1 }), new EveryNth(3));
        transport.Endpoint(1).Publish([8], 1); // the peer's first exchange, after its update 3
        for (int number = 1; number <= 6; number++)
        {
            gossip.Exchange(new float[1], Update(number));
        }

        Assert.Equal(0, gossip.Statistics.Waits); // at the second exchange the peer's message is one behind
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(2, transport.Endpoint(1).Received(0).Iteration);
    }

    [Fact]
    public void State_SavedBetweenExchanges_GoesOnWithItsNumberAndItsRule()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        RuledGossip first = new(new GossipAgent(transport, 0), new QuadraticRule(3, 0.1)), second = new(new GossipAgent(transport, 0), new QuadraticRule(3, 0.1));
        for (int number = 1; number <= 4; number++)
        {
            first.Exchange(new float[1], new CompletedUpdate(number, 0.1, 1)); // H = 3: one exchange, and one update of the next period
        }

        using MemoryStream stream = new();
        first.SaveState(new BinaryWriter(stream));
        stream.Position = 0;
        second.LoadState(new BinaryReader(stream));
        Assert.True(transport.Endpoint(1).TryReceive(0));
        second.Exchange(new float[1], new CompletedUpdate(5, 0.1, 1));
        Assert.False(transport.Endpoint(1).TryReceive(0));
        second.Exchange(new float[1], new CompletedUpdate(6, 0.1, 1));
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(2, transport.Endpoint(1).Received(0).Iteration);
    }

    [Fact]
    public void RequestStop_BetweenExchanges_StopsAfterTheNextUpdate()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        RuledGossip gossip = new(new GossipAgent(transport, 0), new EveryNth(1_000));
        Assert.False(gossip.Exchange(new float[1], Update(1)).Stop);
        gossip.RequestStop();
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), gossip.Exchange(new float[1], Update(2)));
    }

    [Fact]
    public void Leave_BetweenExchanges_IsHeardByPeers()
    {
        using MailboxTransport transport = new(new RingTopology(2), 1);
        new RuledGossip(new GossipAgent(transport, 0), new EveryNth(1_000)).Leave();
        Assert.True(transport.Endpoint(1).HasLeft(0));
    }

    [Theory]
    [InlineData("every=1")]
    [InlineData("every=3")]
    [InlineData("qsr=2/1")]
    [InlineData("significant=0.2")]
    public void LockStep_AnyRule_ExchangesAtTheSameUpdatesOfAllAgents(string text)
    {
        const int Agents = 3, Updates = 60;
        using LockStepGossip gossip = new(new RingTopology(Agents), 2);
        List<int>[] mixed = [.. Enumerable.Range(0, Agents).Select(_ => new List<int>())];
        Assert.All(LockStepRun.InParallel(gossip, (rank, part) =>
        {
            IGossip agent = gossip.Ruled(part, Create(text));
            for (int number = 1; number <= Updates; number++)
            {
                if (agent.Exchange(new float[2], Update(number, rank)).Mixed)
                {
                    mixed[rank].Add(number);
                }
            }
        }), Assert.Null);
        Assert.All(mixed, list => Assert.Equal(mixed[0], list));
        Assert.InRange(mixed[0].Count, 1, Updates);
    }

    [Fact]
    public void LockStep_OneAgentsChangeIsSignificant_AllExchange()
    {
        const int Agents = 3, Updates = 40;
        using LockStepGossip gossip = new(new CompleteTopology(Agents), 1);
        int[] mixes = new int[Agents];
        Assert.All(LockStepRun.InParallel(gossip, (rank, part) =>
        {
            IGossip agent = gossip.Ruled(part, new SignificantChange(0.5));
            for (int number = 1; number <= Updates; number++)
            {
                double norm = rank == 1 && number % 2 == 0 ? 10 : 1; // the mean change of agent 1 is near 5, that of the others 0
                mixes[rank] += agent.Exchange(new float[1], new CompletedUpdate(number, 0.1, norm)).Mixed ? 1 : 0;
            }
        }), Assert.Null);
        Assert.Equal([Updates, Updates, Updates], mixes);
    }

    [Fact]
    public void LockStep_EveryUpdateByARule_IsLockStepToTheBit()
    {
        float[][] start = LockStepRun.Draw(4, length: 20, seed: 5);
        float[][] expected = LockStepRun.Of(new RingTopology(4), start, rounds: 30, Wobble)[^1];
        float[][] actual = [.. start.Select(vector => (float[])[.. vector])];
        using LockStepGossip gossip = new(new RingTopology(4), 20);
        Assert.All(LockStepRun.InParallel(gossip, (rank, part) =>
        {
            IGossip agent = gossip.Ruled(part, new EveryNth(1));
            for (int round = 0; round < 30; round++)
            {
                Wobble(rank, round, actual[rank]);
                agent.Exchange(actual[rank], Update(round + 1));
            }
        }), Assert.Null);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("every=50")]
    [InlineData("every=3")]
    [InlineData("significant=0.2")]
    public void LockStep_RequestStopAtAnyMoment_StopsAllAfterTheSameUpdate(string text)
    {
        const int Agents = 4, Never = 5_000;
        for (int repetition = 0; repetition < 20; repetition++)
        {
            using LockStepGossip gossip = new(new RingTopology(Agents), 3);
            long[] updates = new long[Agents];
            Assert.All(LockStepRun.InParallel(gossip, (rank, part) =>
            {
                IGossip agent = gossip.Ruled(part, Create(text));
                while (!agent.Exchange(new float[3], Update(++updates[rank], rank)).Stop && updates[rank] < Never)
                {
                    if (rank == repetition % Agents && updates[rank] == 1 + (7 * repetition))
                    {
                        agent.RequestStop();
                    }
                }
            }), Assert.Null);
            Assert.Equal(Enumerable.Repeat(updates[0], Agents), updates);
            Assert.InRange(updates[0], 1 + (7 * repetition), Never - 1);
        }
    }

    [Theory]
    [InlineData("every=10")]
    [InlineData("significant=0.2")]
    public void LockStep_AnAgentThatFails_LetsTheOthersGo(string text)
    {
        using LockStepGossip gossip = new(new RingTopology(3), 2);
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, part) =>
        {
            IGossip agent = gossip.Ruled(part, Create(text));
            for (int number = 1; !agent.Exchange(new float[2], Update(number, rank)).Stop; number++)
            {
                if (rank == 1 && number == 5)
                {
                    throw new InvalidOperationException("on purpose");
                }
            }
        });
        Assert.Equal([false, true, false], errors.Select(error => error is not null));
    }

    [Theory]
    [InlineData("every=3")]
    [InlineData("significant=0.2")]
    public void Exchange_InSteadyState_AllocatesNothing(string text)
    {
        const int Agents = 2;
        using LockStepGossip gossip = new(new RingTopology(Agents), 50);
        long[] bytes = new long[Agents];
        LockStepRun.InParallel(gossip, (rank, part) =>
        {
            IGossip agent = gossip.Ruled(part, Create(text));
            float[] parameters = new float[50];
            long before = 0;
            for (int number = 1; number <= 100; number++)
            {
                before = number == 40 ? GC.GetAllocatedBytesForCurrentThread() : before;
                agent.Exchange(parameters, Update(number, rank));
            }

            bytes[rank] = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal([0, 0], bytes);
    }

    internal static IGossipRule Create(string text) =>
        GossipRules.TryCreate(text, 1_000, out IGossipRule? rule) ? rule : throw new ArgumentException(text);

    internal static void Wobble(int rank, int round, float[] parameters)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] += MathF.Sin((rank * 31) + (round * 7) + i);
        }
    }

    /// <summary>Rates that fall alike for all agents, norms of each its own.</summary>
    private static CompletedUpdate Update(long number, int rank = 0) =>
        new(number, 1.0 / number, 1 + ((number * 7919) + (rank * 31) % 5));
}
