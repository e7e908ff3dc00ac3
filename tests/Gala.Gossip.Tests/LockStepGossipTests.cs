namespace Gala.Gossip.Tests;

public sealed class LockStepGossipTests
{
    [Theory]
    [InlineData("ring", 3)]
    [InlineData("ring", 8)]
    [InlineData("exponential", 5)]
    [InlineData("complete", 4)]
    public void Rounds_WithoutLearning_KeepTheMeanAndShrinkTheDisagreement(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        float[][] start = LockStepRun.Draw(agents, length: 19, seed: agents);
        double[] mean = LockStepRun.Mean(start);
        double before = LockStepRun.Disagreement(start);
        foreach (float[][] round in LockStepRun.Of(topology, start, rounds: 12))
        {
            double after = LockStepRun.Disagreement(round);
            Assert.InRange(after, 0, (topology.ContractionFactor * before * (1 + 1e-5)) + 1e-6);
            Assert.All(LockStepRun.Mean(round).Zip(mean), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
            before = after;
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Ring_SlowestFourierMode_ShrinksByExactlyCosineOfPiOverN(int agents)
    {
        float[][] start = [.. Enumerable.Range(0, agents).Select(i =>
            new[] { (float)Math.Cos(2 * Math.PI * i / agents), (float)Math.Sin(2 * Math.PI * i / agents) })];
        double before = LockStepRun.Disagreement(start);
        foreach (float[][] round in LockStepRun.Of(new RingTopology(agents), start, rounds: 8))
        {
            double after = LockStepRun.Disagreement(round);
            Assert.Equal(Math.Cos(Math.PI / agents), after / before, 1e-5);
            before = after;
        }
    }

    [Fact]
    public void Ring_OfTwo_AgreesToTheBitAfterOneRound()
    {
        float[][] round = LockStepRun.Of(new RingTopology(2), LockStepRun.Draw(2, length: 100, seed: 1), rounds: 1)[0];
        Assert.Equal(round[0], round[1]);
    }

    [Fact]
    public void Complete_AnyNumberOfAgents_AgreesToTheBitAfterOneRound()
    {
        float[][] round = LockStepRun.Of(new CompleteTopology(5), LockStepRun.Draw(5, length: 100, seed: 1), rounds: 1)[0];
        Assert.All(round, agent => Assert.Equal(round[0], agent));
    }

    [Fact]
    public void Rounds_AgainstTheMixingMatrix_Agree()
    {
        ExponentialTopology topology = new(6);
        float[][] start = LockStepRun.Draw(6, length: 3, seed: 2);
        double[,] matrix = topology.MixingMatrix();
        float[][] mixed = LockStepRun.Of(topology, start, rounds: 1)[0];
        for (int i = 0; i < 6; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(Enumerable.Range(0, 6).Sum(j => matrix[i, j] * start[j][k]), mixed[i][k], 1e-6);
            }
        }
    }

    [Fact]
    public void Rounds_RunTwice_GiveTheSameBits()
    {
        float[][] start = LockStepRun.Draw(4, length: 50, seed: 3);
        Assert.Equal(
            LockStepRun.Of(new ExponentialTopology(4), start, rounds: 40, Wobble),
            LockStepRun.Of(new ExponentialTopology(4), start, rounds: 40, Wobble));
    }

    [Fact]
    public void Complete_WithGradientDescentOnAQuadratic_EqualsTheUnionBatch()
    {
        const int Agents = 4, Batch = 8;
        const float Rate = 0.3f;
        float[][] targets = LockStepRun.Draw(Agents * Batch, length: 6, seed: 4); // loss: mean over the batch of ½‖x − c‖²
        float[][] start = [.. Enumerable.Range(0, Agents).Select(_ => new float[6])];
        float[][][] rounds = LockStepRun.Of(new CompleteTopology(Agents), start, rounds: 20, (rank, _, x) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] -= Rate * targets[(rank * Batch)..((rank + 1) * Batch)].Average(target => x[i] - target[i]);
            }
        });
        double[] union = new double[6];
        foreach (float[][] round in rounds)
        {
            for (int i = 0; i < union.Length; i++)
            {
                union[i] -= Rate * targets.Average(target => union[i] - target[i]);
                Assert.All(round, agent => Assert.Equal(union[i], agent[i], 1e-6));
            }
        }
    }

    [Theory]
    [InlineData(3, 0.173)]
    [InlineData(4, 0.483)]
    [InlineData(8, 3.43)]
    public void Ring_AgainstTheWorstUpdates_ReachesTheEpsilonBallsEdgeAndStaysInside(int agents, double edge)
    {
        const double Rate = 0.1; // each update has norm 0.1: the slowest mode, turned along as the ring turns it
        ConsensusMonitor monitor = new(new RingTopology(agents));
        float[][][] rounds = LockStepRun.Of(
            new RingTopology(agents), [.. Enumerable.Range(0, agents).Select(_ => new float[2])], rounds: 150, (rank, round, x) =>
            {
                double angle = (2 * Math.PI * rank / agents) - (Math.PI * round / agents);
                (double east, double north) = (Rate * Math.Cos(angle), Rate * Math.Sin(angle));
                x[0] += (float)east;
                x[1] += (float)north;
                monitor.RecordUpdate(rank, double.Hypot(east, north));
            });
        Assert.Equal(edge, monitor.Bound, 0.005 * edge);
        Assert.All(rounds, round => Assert.InRange(LockStepRun.Disagreement(round), 0, monitor.Bound * (1 + 1e-5)));
        Assert.Equal(monitor.Bound, LockStepRun.Disagreement(rounds[^1]), 1e-3 * edge);
        Assert.InRange(monitor.Measure(rank => rounds[^1][rank]).MaxDistance, 0, monitor.Bound);
    }

    [Theory]
    [InlineData("ring", 5)]
    [InlineData("exponential", 6)]
    public void AnyTopology_AgainstRandomUpdates_StaysInsideTheEpsilonBall(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        ConsensusMonitor monitor = new(topology);
        Random[] random = [.. Enumerable.Range(0, agents).Select(rank => new Random(rank))];
        float[][][] rounds = LockStepRun.Of(topology, [.. Enumerable.Range(0, agents).Select(_ => new float[10])], rounds: 100, (rank, _, x) =>
        {
            double square = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double step = (random[rank].NextDouble() - 0.5 + (0.2 * rank)) * 0.01;
                x[i] += (float)step;
                square += step * step;
            }

            monitor.RecordUpdate(rank, Math.Sqrt(square));
        });
        Assert.All(rounds, round => Assert.InRange(LockStepRun.Disagreement(round), 0, monitor.Bound));
    }

    [Fact]
    public void RequestStop_AtAnyMoment_StopsAllAfterTheSameUpdate()
    {
        const int Agents = 4, Never = 1_000;
        for (int repetition = 0; repetition < 20; repetition++)
        {
            using LockStepGossip gossip = new(new RingTopology(Agents), 3);
            int[] updates = new int[Agents];
            Assert.All(LockStepRun.InParallel(gossip, (rank, agent) =>
            {
                while (!agent.Exchange(new float[3], ++updates[rank]).Stop && updates[rank] < Never)
                {
                    if (rank == repetition % Agents && updates[rank] == 1 + repetition)
                    {
                        agent.RequestStop();
                    }
                }
            }), Assert.Null);
            Assert.Equal(Enumerable.Repeat(updates[0], Agents), updates);
            Assert.Equal(2 + repetition, updates[0]); // the round after the one in which it was asked for
        }
    }

    [Fact]
    public void AnAgentThatFails_LetsTheOthersGo()
    {
        using LockStepGossip gossip = new(new RingTopology(3), 2);
        GossipResult[] last = new GossipResult[3];
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = [rank, rank];
            for (int update = 1; !last[rank].Stop; update++)
            {
                if (rank == 1 && update == 5)
                {
                    throw new InvalidOperationException("on purpose");
                }

                last[rank] = agent.Exchange(parameters, update);
            }
        });
        Assert.Equal([false, true, false], errors.Select(error => error is not null));
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), last[0]);
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), last[2]);
    }

    [Fact]
    public void AnAgentThatIsCancelled_LetsTheOthersGoAndKeepsItsParameters()
    {
        using LockStepGossip gossip = new(new RingTopology(2), 1);
        using CancellationTokenSource cancellation = new();
        float[] parameters = [7];
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => gossip.Agent(0).Exchange(parameters, 1, cancellation.Token));
        Assert.Equal([7f], parameters);
        gossip.Agent(0).Leave();
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), gossip.Agent(1).Exchange(parameters, 1));
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), gossip.Agent(0).Exchange(parameters, 1));
        Assert.False(gossip.Agent(0).Statistics.IsWaiting);
    }

    [Fact]
    public void AgentsAtDifferentUpdates_AreFoundOut()
    {
        using LockStepGossip gossip = new(new RingTopology(2), 1);
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) => agent.Exchange([0], 1 + rank));
        Assert.All(errors, error => Assert.IsType<InvalidOperationException>(error));
    }

    [Fact]
    public void Exchange_WrongLength_Throws()
    {
        using LockStepGossip gossip = new(new RingTopology(2), 3);
        Assert.Throws<ArgumentException>(() => gossip.Agent(0).Exchange(new float[2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => gossip.Agent(2));
    }

    [Fact]
    public void Exchange_InSteadyState_AllocatesNothing()
    {
        using LockStepGossip gossip = new(new CompleteTopology(3), 500);
        long[] bytes = new long[3];
        LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = new float[500];
            Exchange(agent, parameters, 1, 40);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(agent, parameters, 41, 80);
            bytes[rank] = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal([0, 0, 0], bytes);
        Assert.Equal(80, gossip.Agent(0).Statistics.Mixes);
    }

    private static void Exchange(IGossip agent, float[] parameters, int first, int last)
    {
        for (int update = first; update <= last; update++)
        {
            agent.Exchange(parameters, update);
        }
    }

    private static void Wobble(int rank, int round, float[] parameters)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] += MathF.Sin((rank * 31) + (round * 7) + i);
        }
    }
}
