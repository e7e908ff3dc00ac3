using System.Collections.Concurrent;

namespace Gala.Gossip.Tests;

public sealed class LockStepRefusalTests
{
    [Theory]
    [InlineData(MessageFormat.Exact, false)]
    [InlineData(MessageFormat.Exact, true)]
    [InlineData(MessageFormat.BFloat16, false)]
    [InlineData(MessageFormat.BFloat16, true)]
    public void Exchange_PoisonedInPeer_ChangesNoBitAndIsCounted(MessageFormat format, bool pushSum)
    {
        foreach (IGrouping<int, float[]> vectors in Poison.Vectors().GroupBy(vector => vector.Length))
        {
            ConcurrentQueue<GossipRefusal> refusals = new();
            float[] healthy = Poison.Healthy(vectors.Key);
            float[][] poisoned = [.. vectors];
            // 0 → 1 → 2 → 0: agent 1 is the poisoned one, agent 2 hears it alone.
            using LockStepGossip gossip = new(new RingTopology(3), vectors.Key, pushSum, format, refusals.Enqueue);
            Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
            {
                for (int round = 0; round < poisoned.Length; round++)
                {
                    float[] parameters = [.. rank == 1 ? poisoned[round] : healthy];
                    GossipResult result = agent.Exchange(parameters, round + 1);
                    Assert.Equal(new GossipResult(Mixed: rank != 2, Stop: false), result);
                    Assert.All(parameters, parameter => Assert.True(float.IsFinite(parameter)));
                    if (rank == 2)
                    {
                        Poison.AssertSameBits(healthy, parameters);
                    }
                }
            });
            Assert.All(errors, Assert.Null);
            Assert.Equal(Enumerable.Range(1, poisoned.Length).Select(update => new GossipRefusal(Rank: 2, Peer: 1, update)), refusals);
            Assert.Equal([0L, 0, poisoned.Length], Enumerable.Range(0, 3).Select(rank => gossip.Agent(rank).Statistics.RefusedMessages));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Exchange_OnePoisonedOnTheCompleteGraph_AllGetTheMeanOfTheOthers(int bad)
    {
        float[][] start = LockStepRun.Draw(4, length: 19, seed: 8);
        start[bad][5] = float.NaN;
        int[] good = [.. Enumerable.Range(0, 4).Where(rank => rank != bad)];
        float[] expected = [.. Enumerable.Range(0, 19).Select(i => (start[good[0]][i] + start[good[1]][i] + start[good[2]][i]) / 3)];
        float[][] ended = LockStepRun.Of(new CompleteTopology(4), start, rounds: 1)[0];
        Assert.All(ended, agent => Poison.AssertSameBits(expected, agent));
    }

    [Fact]
    public void Exchange_AllPoisoned_LeavesThemAsTheyAre()
    {
        using LockStepGossip gossip = new(new RingTopology(2), 2);
        Exception?[] errors = LockStepRun.InParallel(gossip, (_, agent) =>
        {
            float[] parameters = [float.NaN, 7];
            Assert.False(agent.Exchange(parameters, 1).Mixed);
            Assert.Equal([float.NaN, 7], parameters);
        });
        Assert.All(errors, Assert.Null);
    }

    [Fact]
    public void PushSum_PoisonedForLong_LosesNoWeight()
    {
        const int Agents = 4;
        double[] weights = new double[Agents];
        using LockStepGossip gossip = new(new StarTopology(Agents), 1, pushSum: true);
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = [rank];
            for (int update = 1; update <= 2_000; update++)
            {
                parameters[0] = rank == 2 ? float.NaN : parameters[0];
                agent.Exchange(parameters, update);
                Assert.True(float.IsFinite(parameters[0]));
            }

            using MemoryStream state = new();
            using BinaryWriter writer = new(state);
            agent.SaveState(writer);
            weights[rank] = BitConverter.ToDouble(state.ToArray());
            Assert.InRange(parameters[0], 0, 3);
        });
        Assert.All(errors, Assert.Null);
        Assert.Equal(Agents, weights.Sum(), 1e-9);
        Assert.All(weights, weight => Assert.True(weight > 0.1));
    }

    [Fact]
    public void PushSum_ImpossibleWeight_IsReplacedByWhatOthersGive()
    {
        using LockStepGossip gossip = new(new RingTopology(2), 1, pushSum: true);
        using BinaryReader corrupt = new(new MemoryStream(BitConverter.GetBytes(double.NaN)));
        gossip.Agent(1).LoadState(corrupt);
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = [rank];
            for (int update = 1; update <= 100; update++)
            {
                agent.Exchange(parameters, update);
            }

            Assert.Equal(0, parameters[0]); // agent 1 takes over the whole of agent 0
        });
        Assert.All(errors, Assert.Null);
        Assert.Equal((1, 0), (gossip.Agent(0).Statistics.RefusedMessages, gossip.Agent(1).Statistics.RefusedMessages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exchange_RefusedInSteadyState_AllocatesNothing(bool pushSum)
    {
        float[] poisoned = Poison.At(3, float.NaN, 37), healthy = Poison.Healthy(37);
        using LockStepGossip gossip = new(new RingTopology(2), 37, pushSum);
        long[] allocated = new long[2];
        Exception?[] errors = LockStepRun.InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = new float[37];
            long before = 0;
            for (int update = 1; update <= 20; update++)
            {
                before = update == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                (rank == 1 ? poisoned : healthy).CopyTo(parameters, 0);
                agent.Exchange(parameters, update);
            }

            allocated[rank] = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.All(errors, Assert.Null);
        Assert.Equal([0L, 0], allocated);
    }
}
