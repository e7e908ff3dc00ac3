namespace Gala.Gossip.Tests;

public sealed class ChangingTopologyTests
{
    [Fact]
    public void OnePeerExponential_SixAgents_DoublesTheHopAndStartsAgain()
    {
        OnePeerExponentialTopology topology = new(6);
        Assert.Equal(3, topology.Period); // ⌈log₂ 6⌉
        Assert.Equal([1, 2, 4, 1, 2, 4], Enumerable.Range(0, 6).Select(round => topology.OutPeers(0, round).ToArray().Single()));
        Assert.Equal([4, 3, 1], Enumerable.Range(0, 3).Select(round => topology.InPeers(5, round).ToArray().Single()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void OnePeerExponential_OfAPowerOfTwo_AveragesExactlyInAPeriod(int agents) =>
        Assert.Equal(0, new OnePeerExponentialTopology(agents).ContractionFactor);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(11)]
    public void OnePeerExponential_BoundFactor_IsThatOfItsFourierModes(int agents)
    {
        // Mode m is multiplied by |cos(π m h / n)| in a round of hop h; an update may come before any round of the period.
        int[] hops = [.. Enumerable.Range(1, agents - 1).Where(hop => (hop & (hop - 1)) == 0)];
        double expected = Enumerable.Range(1, 400).Sum(rounds => Enumerable.Range(0, hops.Length).Max(first => Enumerable.Range(1, agents - 1).Max(mode =>
            Enumerable.Range(first, rounds).Aggregate(1.0, (left, round) => left * Math.Abs(Math.Cos(Math.PI * mode * hops[round % hops.Length] / agents))))));
        Assert.Equal(expected, new OnePeerExponentialTopology(agents).BoundFactor, 1e-8 * (1 + expected));
    }

    [Fact]
    public void BipartiteExponential_EightAgents_PairsOddWithEvenAtHopsOneThreeSeven()
    {
        BipartiteExponentialTopology topology = new(8);
        Assert.Equal(3, topology.Period);
        Assert.Equal([2, 4, 0, 2], Enumerable.Range(0, 4).Select(round => topology.OutPeers(1, round).ToArray().Single()));
        Assert.Equal([7, 5, 1], Enumerable.Range(0, 3).Select(round => topology.OutPeers(0, round).ToArray().Single()));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(8, 3)]
    [InlineData(16, 4)]
    public void BipartiteExponential_EveryRound_IsAPerfectMatching(int agents, int period)
    {
        BipartiteExponentialTopology topology = new(agents);
        Assert.Equal(period, topology.Period);
        for (int round = 0; round < period; round++)
        {
            for (int agent = 0; agent < agents; agent++)
            {
                int peer = topology.OutPeers(agent, round).ToArray().Single();
                Assert.Equal(1, (peer + agent) % 2);
                Assert.Equal([agent], topology.OutPeers(peer, round).ToArray());
            }
        }

        Assert.InRange(topology.ContractionFactor, 0, 0.95);
    }

    [Theory]
    [InlineData("one-peer-exponential", 5)]
    [InlineData("one-peer-exponential", 8)]
    [InlineData("bipartite-exponential", 6)]
    [InlineData("bipartite-exponential", 8)]
    public void BoundFactor_RandomUpdatesInLockStep_StayInside(string name, int agents)
    {
        const int Rounds = 60, Length = 8;
        const float Norm = 0.1f;
        Topology topology = Topologies.Create(name, agents);
        Random random = new(5);
        float[][][] updates = [.. Enumerable.Range(0, Rounds).Select(_ => LockStepRun.Draw(agents, Length, random.Next()))];
        float[][][] history = LockStepRun.Of(topology, [.. Enumerable.Range(0, agents).Select(_ => new float[Length])], Rounds, (rank, round, parameters) =>
        {
            float[] update = updates[round / 7 * 7][rank]; // the same for a while, since that is worse than noise
            float scale = Norm / MathF.Sqrt(update.Sum(x => x * x));
            for (int i = 0; i < Length; i++)
            {
                parameters[i] += scale * update[i];
            }
        });
        double bound = topology.BoundFactor * Math.Sqrt(agents) * Norm;
        double worst = history.Max(LockStepRun.Disagreement);
        Assert.InRange(worst, bound / 10, bound);
    }

    [Fact]
    public void LockStep_OnePeerExponentialOfFour_MixesWithThatRoundsPeer()
    {
        float[][] start = [[0], [4], [8], [16]];
        float[][][] history = LockStepRun.Of(new OnePeerExponentialTopology(4), start, rounds: 2); // updates 1 and 2: hops 2 and 1
        Assert.Equal([4, 10, 4, 10], history[0].Select(agent => agent[0]));
        Assert.Equal([7, 7, 7, 7], history[1].Select(agent => agent[0]));
    }
}
