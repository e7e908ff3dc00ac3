using Gala.Numerics;

namespace Gala.Gossip.Tests;

public sealed class RoundedMessageTests
{
    private const int Length = 37;

    [Fact]
    public void Publish_Rounded_HoldsTheNearest()
    {
        using Mailbox mailbox = new(Length, MessageFormat.BFloat16);
        float[] sent = LockStepRun.Draw(1, Length, seed: 1)[0];
        mailbox.Publish(sent, 7, weight: 0.25);
        Assert.True(mailbox.TryTake());
        Assert.Equal(sent.Select(BFloat16.Round), mailbox.Current.Rounded.ToArray());
        float[] copied = new float[Length];
        mailbox.Current.CopyTo(copied);
        Assert.Equal(sent.Select(element => BFloat16.Round(element).ToSingle()), copied);
        Assert.Equal((7, 0.25, 0), (mailbox.Current.Iteration, mailbox.Current.Weight, mailbox.Current.Parameters.Length));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Exchange_Rounded_IsOffFromTheExactMeanByItsMeshAtMost(int agents)
    {
        using MailboxTransport exact = new(new CompleteTopology(agents), Length), rounded = new(new CompleteTopology(agents), Length, MessageFormat.BFloat16);
        float[][] vectors = LockStepRun.Draw(agents, Length, seed: 2);
        float[] expected = Mix(exact), actual = Mix(rounded);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.5 / 256)); // |x| ≤ ½, and weights sum to 1 − 1/n

        float[] Mix(MailboxTransport transport)
        {
            for (int rank = 1; rank < agents; rank++)
            {
                transport.Endpoint(rank).Publish(vectors[rank], 1);
            }

            float[] parameters = [.. vectors[0]];
            Assert.True(new GossipAgent(transport, 0).Exchange(parameters, 1).Mixed);
            return parameters;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LockStep_RoundedOnARing_KeepsTheMeanAndAgreesUpToTheMesh(bool pushSum)
    {
        float[][] start = LockStepRun.Draw(4, Length, seed: 3);
        double[] mean = LockStepRun.Mean(start);
        float[][][] rounds = LockStepRun.Of(new RingTopology(4), start, rounds: 60, pushSum: pushSum, format: MessageFormat.BFloat16);
        Assert.All(rounds, round => Assert.All(LockStepRun.Mean(round).Zip(mean), pair => Assert.Equal(pair.Second, pair.First, 1e-6)));
        Assert.InRange(LockStepRun.Disagreement(rounds[^1]), 0, 0.5 / 256 * Math.Sqrt(4 * Length));
    }

    [Fact]
    public void LockStep_RoundedUpdatesSmallerThanTheMesh_AddUp()
    {
        // Between 1 and 2 the mesh is 1/128. Averaging with rounded values would draw 1.001 back to 1 for ever.
        float[][] ended = LockStepRun.Of(new RingTopology(3), [[1], [1], [1]], rounds: 1_000, (_, _, x) => x[0] += 0.001f, format: MessageFormat.BFloat16)[^1];
        Assert.All(ended, agent => Assert.Equal(2, agent[0], 0.01));
    }

    [Fact]
    public void Exchange_RoundedInSteadyState_AllocatesNothing()
    {
        using MailboxTransport transport = new(new RingTopology(2), Length, MessageFormat.BFloat16);
        GossipAgent[] agents = [new(transport, 0), new(transport, 1)];
        float[] parameters = new float[Length];
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
}
