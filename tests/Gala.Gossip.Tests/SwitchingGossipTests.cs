namespace Gala.Gossip.Tests;

public sealed class SwitchingGossipTests
{
    private const int Agents = 3;
    private const int Length = 12;

    [Fact]
    public void Exchange_UntilTheSwitch_IsLockStepToTheBit()
    {
        const int Switch = 20;
        float[][] start = LockStepRun.Draw(Agents, Length, seed: 5);
        float[][] expected = LockStepRun.Of(new RingTopology(Agents), start, Switch, RuledGossipTests.Wobble)[^1];
        float[][] parameters = [.. start.Select(vector => (float[])[.. vector])];
        using MailboxTransport transport = new(new RingTopology(Agents), Length);
        Assert.All(Run(transport, Switch, (rank, agent) =>
        {
            for (int round = 0; round < Switch; round++)
            {
                RuledGossipTests.Wobble(rank, round, parameters[rank]);
                agent.Exchange(parameters[rank], round + 1);
            }
        }), Assert.Null);
        Assert.Equal(expected, parameters);
        Assert.False(transport.Endpoint(1).TryReceive(0)); // nothing was sent
    }

    [Fact]
    public void Exchange_AfterTheSwitch_GoesOnWithoutASlowAgentAndKeepsItsCounts()
    {
        const int Switch = 5;
        using MailboxTransport transport = new(new RingTopology(Agents), Length);
        long[] mixes = new long[Agents];
        Assert.All(Run(transport, Switch, (rank, agent) =>
        {
            int updates = rank == 0 ? Switch : 40; // agent 0 makes no update after the switch, and leaves
            for (int update = 1; update <= updates; update++)
            {
                Assert.False(agent.Exchange(new float[Length], update).Stop);
            }

            mixes[rank] = agent.Statistics.Mixes;
        }), Assert.Null);
        Assert.Equal([Switch, Switch], mixes[..2]); // agent 1 hears from agent 0 alone
        Assert.True(mixes[2] > Switch);
    }

    [Fact]
    public void IsDispensable_FromTheLastExchangeInLockStepOn_AlsoInALaterSession()
    {
        const int Switch = 5;
        using MailboxTransport transport = new(new RingTopology(Agents), Length);
        Assert.All(Run(transport, Switch, (_, agent) =>
        {
            for (int update = 1; update <= Switch; update++)
            {
                Assert.False(agent.IsDispensable);
                agent.Exchange(new float[Length], update);
            }

            Assert.True(agent.IsDispensable);
        }), Assert.Null);
        Assert.All(Run(transport, Switch, (_, agent) =>
        {
            agent.GoOnAfter(Switch - 1);
            Assert.False(agent.IsDispensable);
            agent.GoOnAfter(Switch);
            Assert.True(agent.IsDispensable);
        }), Assert.Null);
    }

    [Theory]
    [InlineData("every=1")]
    [InlineData("every=4")]
    [InlineData("significant=0.2")]
    public void AgentsThatStopFailOrLeaveAroundTheSwitch_LetTheOthersEnd(string text)
    {
        for (int moment = 1; moment <= 14; moment++)
        {
            using MailboxTransport transport = new(new RingTopology(Agents), Length);
            Exception?[] errors = Run(transport, 7, (rank, agent) =>
            {
                for (int number = 1; number <= 60; number++)
                {
                    if (agent.Exchange(new float[Length], new CompletedUpdate(number, 0.1, number % 3)).Stop)
                    {
                        return;
                    }

                    if (rank == moment % Agents && number == moment)
                    {
                        switch (moment % 3)
                        {
                            case 0: agent.RequestStop(); break;
                            case 1: return;
                            default: throw new InvalidOperationException("on purpose");
                        }
                    }
                }
            }, text);
            Assert.InRange(errors.Count(error => error is not null), 0, 1);
        }
    }

    private static Exception?[] Run(MailboxTransport transport, int switchAfter, Action<int, IGossip> body, string rule = "every")
    {
        using LockStepGossip lockStep = new(transport.Topology, Length);
        GossipAgentOptions options = new() { MaxStaleness = 16 };
        return LockStepRun.InParallel(lockStep, (rank, part) =>
        {
            IGossipRule ofAgent = RuledGossipTests.Create(rule);
            IGossip first = ofAgent is EveryUpdate ? part : lockStep.Ruled(part, ofAgent);
            GossipAgent mailbox = new(transport, rank, ofAgent.IsCommon ? options : null);
            SwitchingGossip agent = new(first, ofAgent is EveryUpdate ? mailbox : new RuledGossip(mailbox, ofAgent), switchAfter);
            try
            {
                body(rank, agent);
            }
            finally
            {
                agent.Leave();
            }
        });
    }
}
