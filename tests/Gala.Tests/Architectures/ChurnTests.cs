using Gala.Architectures;
using Gala.Gossip;
using Gala.Runs;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Architectures;

/// <summary>Agents of GALA that join, leave and die while the others train.</summary>
public sealed class ChurnTests
{
    private const int Agents = 3;

    [Fact]
    public void LateAgent_BeginsWithAPeersParametersAndStaysNear()
    {
        using Membership membership = Members(Agents);
        GalaA2C[] agents = [.. Enumerable.Range(0, Agents + 1).Select(id => Agent(membership, id, maxStaleness: 1))];
        try
        {
            Rounds(agents[..Agents], 30);
            GalaA2C late = agents[Agents];
            float[] start = Loops.Parameters(late);
            ElasticGossip gossip = (ElasticGossip)late.Gossip;
            int roundsUntilItBegan = 0;
            while (!gossip.TryEnter(late.Parameters.Span))
            {
                Rounds(agents[..Agents], 1);
                roundsUntilItBegan++;
            }

            late.ParametersChanged();
            Assert.Equal(1, roundsUntilItBegan); // as long as it takes its in-peer to speak
            Assert.NotEqual(start, Loops.Parameters(late));
            double learned = Distance(start, Loops.Parameters(agents[0]));
            Assert.InRange(Distance(Loops.Parameters(late), Loops.Parameters(agents[0])), 0, learned / 2);

            Rounds(agents, 20);
            Assert.InRange(Distance(Loops.Parameters(late), Loops.Parameters(agents[1])), 0, learned / 2);
            Assert.All(agents, agent => Assert.Equal(0, agent.Gossip.Statistics.Waits)); // nobody's training paused
            Assert.True(late.Gossip.Statistics.Mixes >= 19);
        }
        finally
        {
            Array.ForEach(agents, agent => agent.Dispose());
        }
    }

    [Fact]
    public void AgentsOnThreads_WhileOthersJoinLeaveAndDie_AllTrainToTheirEnd()
    {
        const int Updates = 150;
        List<GossipTimeOut> timeOuts = [];
        using Membership membership = Members(Agents);
        GalaA2C[] agents = [.. Enumerable.Range(0, 6).Select(id => Agent(membership, id, maxStaleness: 2, timeOuts))];
        // 0 and 1 train all the time; 2 dies in silence; 3 and 4 come late, 4 leaves early; 5 comes when 2 is dead.
        (int Id, Func<bool> Begins, int Updates, bool Leaves)[] lives =
        [
            (0, () => true, Updates, true),
            (1, () => true, Updates, true),
            (2, () => true, 20, false),
            (3, () => agents[0].Updates >= 10, Updates, true),
            (4, () => agents[0].Updates >= 30, 15, true),
            (5, () => !membership.Members.Contains(2), Updates, true),
        ];
        Exception?[] errors = new Exception?[lives.Length];
        try
        {
            Thread[] threads = [.. lives.Select((life, i) => new Thread(() =>
                errors[i] = Record.Exception(() => Live(agents[life.Id], life.Begins, life.Updates, life.Leaves))))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.All(errors, Assert.Null);
            Assert.Equal(lives.Select(life => (long)life.Updates), agents.Select(agent => agent.Updates));
            Assert.Contains(timeOuts, timeOut => timeOut.Peer == 2);
            Assert.Empty(membership.Members);
            Assert.All(agents, agent => Assert.DoesNotContain(Loops.Parameters(agent), value => !float.IsFinite(value)));
            Assert.All(agents, agent => Assert.True(agent.Gossip.Statistics.Mixes > 0));
        }
        finally
        {
            Array.ForEach(agents, agent => agent.Dispose());
        }
    }

    private static void Live(GalaA2C agent, Func<bool> begins, int updates, bool leaves)
    {
        SpinWait.SpinUntil(begins);
        ElasticGossip gossip = (ElasticGossip)agent.Gossip;
        SpinWait.SpinUntil(() => gossip.TryEnter(agent.Parameters.Span));
        agent.ParametersChanged();
        for (int update = 0; update < updates; update++)
        {
            agent.AwaitTurn();
        }

        if (leaves)
        {
            agent.Leave();
        }
    }

    private static void Rounds(GalaA2C[] agents, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            Array.ForEach(agents, agent => agent.MakeTurn());
        }
    }

    private static double Distance(float[] left, float[] right) => Math.Sqrt(left.Zip(right, (a, b) => (double)(a - b) * (a - b)).Sum());

    private static Membership Members(int agents)
    {
        using AgentGroup sample = AgentFactory.Create(SmallRuns.Gala(agents: 1, deterministic: true), _ => { });
        return new Membership(agents, sample.Agents[0].Parameters.Length, count => new RingTopology(count));
    }

    private static GalaA2C Agent(Membership membership, int id, int maxStaleness, List<GossipTimeOut>? timeOuts = null)
    {
        GossipAgentOptions options = new()
        {
            MaxStaleness = maxStaleness,
            TimeOut = TimeSpan.FromSeconds(timeOuts is null ? 30 : 1),
            TimedOut = timeOut =>
            {
                lock (timeOuts!)
                {
                    timeOuts.Add(timeOut);
                }
            },
        };
        ActorLearner learner = Blocks.ActorLearners(RunDefaultsOf(id + 1))[id];
        return new GalaA2C(id, learner, new ElasticGossip(membership, id, options));
    }

    private static RunOptions RunDefaultsOf(int agents) => SmallRuns.Gala(agents, deterministic: false);
}
