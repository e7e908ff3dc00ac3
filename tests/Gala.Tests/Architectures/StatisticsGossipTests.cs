using Gala.Architectures;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Tests.Architectures;

public sealed class StatisticsGossipTests
{
    private const int Length = 23;
    private const int Agents = 3;

    [Fact]
    public void LockStep_WithoutGradients_KeepsTheMeanOfTheStatisticsAndMixesThemLikeParameters()
    {
        RmsProp[] optimizers = Optimizers();
        float[][] parameters = [.. optimizers.Select(optimizer => MeanSquares(optimizer).ToArray())]; // the same numbers in both places
        double[] mean = [.. Enumerable.Range(0, Length).Select(i => optimizers.Average(optimizer => (double)MeanSquares(optimizer)[i]))];
        Run(optimizers, parameters, rounds: 30, MessageFormat.Exact, (_, _, _) => { });
        for (int rank = 0; rank < Agents; rank++)
        {
            Assert.Equal(parameters[rank], MeanSquares(optimizers[rank]).ToArray());
            Assert.All(mean.Zip(parameters[rank]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Theory]
    [InlineData(MessageFormat.Exact)]
    [InlineData(MessageFormat.BFloat16)]
    public void LockStep_EqualAgentsThatDoEqualUpdates_StayEqual(MessageFormat format)
    {
        RmsProp[] optimizers = [.. Enumerable.Range(0, Agents).Select(_ => new RmsProp(Length, 0.1))];
        float[][] parameters = [.. Enumerable.Range(0, Agents).Select(_ => new float[Length])];
        Run(optimizers, parameters, rounds: 50, format, (round, optimizer, x) => optimizer.Step(Gradients(round), x, 1));
        for (int rank = 1; rank < Agents; rank++)
        {
            Assert.Equal(parameters[0], parameters[rank]);
            Assert.Equal(MeanSquares(optimizers[0]).ToArray(), MeanSquares(optimizers[rank]).ToArray());
        }
    }

    [Theory]
    [InlineData(MessageFormat.Exact)]
    [InlineData(MessageFormat.BFloat16)]
    public void PushSum_AlmostAllWeightOnZeros_LeavesStatisticsAboveOrAtZero(MessageFormat format)
    {
        using MailboxTransport transport = new(new RingTopology(2), 2 * Length, format);
        RmsProp optimizer = new(Length, 0.1);
        MeanSquares(optimizer).Fill(1.006f); // bfloat16 rounds it up, to 1.0078
        using StatisticsGossip gossip = new(new PushSumAgent(transport, 0), optimizer);
        for (int update = 1; update <= 20; update++)
        {
            gossip.Exchange(new float[Length], update); // gives half of its weight away
            Assert.True(transport.Endpoint(1).TryReceive(0));
        }

        transport.Endpoint(1).Publish(new float[2 * Length], 21, weight: 1);
        Assert.True(gossip.Exchange(new float[Length], 21).Mixed);
        Assert.All(MeanSquares(optimizer).ToArray(), square => Assert.InRange(square, 0, 1e-5f));
    }

    [Fact]
    public void Exchange_NothingCame_LeavesStatisticsAsTheyAre()
    {
        using MailboxTransport transport = new(new RingTopology(2), 2 * Length);
        RmsProp optimizer = Optimizers()[1];
        float[] before = MeanSquares(optimizer).ToArray();
        using StatisticsGossip gossip = new(new GossipAgent(transport, 0), optimizer);
        Assert.False(gossip.Exchange(new float[Length], 1).Mixed);
        Assert.Equal(before, MeanSquares(optimizer).ToArray());
    }

    [Theory]
    [InlineData(MessageFormat.Exact, false)]
    [InlineData(MessageFormat.Exact, true)]
    [InlineData(MessageFormat.BFloat16, false)]
    [InlineData(MessageFormat.BFloat16, true)]
    public void Exchange_PoisonInEitherHalfOfTheMessage_ChangesNoBitOfEither(MessageFormat format, bool pushSum)
    {
        foreach (float poison in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (int place = 0; place < 2 * Length; place++)
            {
                using MailboxTransport transport = new(new RingTopology(2), 2 * Length, format);
                RmsProp optimizer = Optimizers()[1];
                float[] squares = MeanSquares(optimizer).ToArray(), before = MeanSquares(Optimizers()[2]).ToArray(), parameters = [.. before];
                using StatisticsGossip gossip = new(pushSum ? new PushSumAgent(transport, 0) : new GossipAgent(transport, 0), optimizer);
                float[] message = new float[2 * Length];
                message[place] = poison;
                transport.Endpoint(1).Publish(message, 1, weight: 0.5);
                Assert.False(gossip.Exchange(parameters, 1).Mixed);
                Assert.Equal(before, parameters);
                Assert.Equal(squares, MeanSquares(optimizer).ToArray());
                Assert.Equal(1, gossip.Statistics.RefusedMessages);
            }
        }
    }

    [Fact]
    public void Exchange_InSteadyState_AllocatesNothing()
    {
        using MailboxTransport transport = new(new RingTopology(2), 2 * Length);
        using StatisticsGossip first = new(new GossipAgent(transport, 0), new RmsProp(Length, 0.1));
        using StatisticsGossip second = new(new GossipAgent(transport, 1), new RmsProp(Length, 0.1));
        float[] parameters = new float[Length];
        long update = 0;
        Allocations.AssertNone(() =>
        {
            first.Exchange(parameters, ++update);
            second.Exchange(parameters, update);
        });
    }

    [Fact]
    public void Exchange_WrongLength_Throws()
    {
        using MailboxTransport transport = new(new RingTopology(2), 2 * Length);
        using StatisticsGossip gossip = new(new GossipAgent(transport, 0), new RmsProp(Length, 0.1));
        Assert.Throws<ArgumentException>(() => gossip.Exchange(new float[Length + 1], 1));
    }

    private static void Run(
        RmsProp[] optimizers, float[][] parameters, int rounds, MessageFormat format, Action<int, RmsProp, float[]> update)
    {
        using LockStepGossip gossip = new(new RingTopology(Agents), 2 * Length, format: format);
        Thread[] threads = [.. Enumerable.Range(0, Agents).Select(rank => new Thread(() =>
        {
            using StatisticsGossip agent = new(gossip.Agent(rank), optimizers[rank]);
            for (int round = 1; round <= rounds; round++)
            {
                update(round, optimizers[rank], parameters[rank]);
                agent.Exchange(parameters[rank], round);
            }

            agent.Leave();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    /// <summary>With statistics of a few steps.</summary>
    private static RmsProp[] Optimizers() => [.. Enumerable.Range(0, Agents).Select(rank =>
    {
        RmsProp optimizer = new(Length, 0.1);
        optimizer.Step(Gradients(rank), new float[Length], 1);
        return optimizer;
    })];

    private static float[] Gradients(int seed) => [.. Enumerable.Range(0, Length).Select(i => MathF.Sin((seed * 13) + i))];

    private static Span<float> MeanSquares(RmsProp optimizer) => optimizer.State("rmsprop.meanSquare");
}
