namespace Gala.Gossip.Tests;

public sealed class DelayedContractionTests
{
    [Theory]
    [InlineData("ring", 3)]
    [InlineData("ring", 8)]
    [InlineData("exponential", 6)]
    [InlineData("complete", 5)]
    public void BoundFactor_WithoutDelay_IsThatOfTheMixingMatrix(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        Assert.Equal(topology.BoundFactor, DelayedContraction.BoundFactor(topology, 0), 1e-6);
    }

    [Fact]
    public void ResponseNorms_TwoAgentsAndADelayOfOne_AreThoseWorkedByHand()
    {
        // The difference of the two follows d⁺ = d / 2 − d' / 2, with d' the difference a round ago: 1/2, then 1/4 − 1/2 = −1/4, −1/8 − 1/4 = −3/8, −1/16, 5/32.
        double[] expected = [0.5, 0.25, 0.375, 0.0625, 0.15625];
        Assert.Equal(expected, DelayedContraction.ResponseNorms(new RingTopology(2), 1).Take(5).Select(norm => Math.Round(norm, 12)));
    }

    [Theory]
    [InlineData(3, 0, 0.108)]
    [InlineData(4, 0, 0.256)]
    [InlineData(8, 0, 0.940)]
    [InlineData(3, 3, 0.231)]
    [InlineData(4, 1, 0.334)]
    [InlineData(4, 3, 0.387)]
    [InlineData(8, 1, 1.107)]
    [InlineData(8, 3, 1.142)]
    public void BoundFactor_DeviationsKnownOfTheRing_AreInside(int agents, int delay, double deviation)
    {
        // Found by simulation with updates of norm 0.1, always in the slowest mode.
        double bound = DelayedContraction.BoundFactor(new RingTopology(agents), delay) * Math.Sqrt(agents) * 0.1;
        Assert.InRange(deviation, 0, bound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void BoundFactor_UpdatesThatDoTheirWorst_IsReached(int delay)
    {
        const int Rounds = 2_000;
        double[] response = Differences(delay, [1, .. new double[Rounds - 1]]);
        double[] worst = [.. response.Reverse().Select(value => value < 0 ? -1.0 : 1)]; // each pushes the last round's difference the same way
        double reached = Differences(delay, worst)[^1] / Math.Sqrt(2); // ‖X − X̄‖ of two agents that differ by d, the one's update being all of it
        double bound = DelayedContraction.BoundFactor(new RingTopology(2), delay) / Math.Sqrt(2); // ‖Δ‖ of that one update, without its mean
        Assert.Equal(bound, reached, 1e-6);
    }

    [Theory]
    [InlineData("ring", 5, 2)]
    [InlineData("exponential", 6, 4)]
    [InlineData("complete", 3, 1)]
    public void ResponseNorms_AgainstTheAugmentedMatrix_Agree(string name, int agents, int delay)
    {
        Topology topology = Topologies.Create(name, agents);
        IReadOnlyList<double> norms = DelayedContraction.ResponseNorms(topology, delay);
        double[,] augmented = Augmented(topology.MixingMatrix(), delay);
        double[,] power = augmented;
        for (int j = 0; j < 20; j++)
        {
            // The update enters the agent's own node; its messages' nodes still hold what was sent before.
            double[,] response = new double[agents, agents];
            for (int row = 0; row < agents; row++)
            {
                for (int column = 0; column < agents; column++)
                {
                    response[row, column] = power[row, column];
                }
            }

            Assert.Equal(Contraction.Factor(response), norms[j], 1e-12);
            power = Contraction.Multiply(augmented, power);
        }
    }

    [Fact]
    public void ResponseNorms_DisconnectedAgents_AreRefused()
    {
        Topology topology = new GraphTopology(2, []);
        Assert.Contains("never come together", Assert.Throws<InvalidOperationException>(() => DelayedContraction.ResponseNorms(topology, 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>Of two agents on a ring, after every round: d⁺ = (d + u) / 2 − (d + u of τ rounds ago) / 2, given every round's u.</summary>
    private static double[] Differences(int delay, double[] updates)
    {
        double[] after = new double[updates.Length];
        for (int round = 0; round < updates.Length; round++)
        {
            after[round] = (Sent(round) - (round >= delay ? Sent(round - delay) : 0)) / 2;
        }

        return after;

        double Sent(int round) => updates[round] + (round > 0 ? after[round - 1] : 0);
    }

    /// <summary>Node i + n·l holds agent i's y of l rounds ago; agents read node τ of their in-peers.</summary>
    private static double[,] Augmented(double[,] mixing, int delay)
    {
        int agents = mixing.GetLength(0);
        double[,] augmented = new double[agents * (delay + 1), agents * (delay + 1)];
        for (int row = 0; row < agents; row++)
        {
            for (int column = 0; column < agents; column++)
            {
                augmented[row, column + (row == column ? 0 : agents * delay)] += mixing[row, column];
            }

            for (int age = 1; age <= delay; age++)
            {
                augmented[row + (agents * age), row + (agents * (age - 1))] = 1;
            }
        }

        return augmented;
    }
}
