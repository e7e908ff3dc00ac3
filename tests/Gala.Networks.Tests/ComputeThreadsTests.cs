using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>However many threads share out the passes, the bits are those of one.</summary>
public class ComputeThreadsTests
{
    private static readonly int[] ThreadCounts = [2, 3, 5];
    private static readonly int[] RowCounts = [1, 2, 3, 17, 80];

    public static TheoryData<string> Networks => [.. TestNetworks.Names, "lstm", "lstmOnly", "mlp-lstm", "minatar-lstm", "nature"];

    [Theory, MemberData(nameof(Networks))]
    public void ForwardAndBackward_AnyRows_HaveTheBitsOfOneThread(string name)
    {
        (NetworkSpec spec, int capacity) = Create(name);
        using ManagedActorCritic one = TestNetworks.CreateFilled(spec, capacity);
        foreach (int threads in ThreadCounts)
        {
            using ManagedActorCritic several = TestNetworks.CreateFilled(spec, capacity, threads);
            foreach (int rows in RowCounts.Where(rows => rows < capacity))
            {
                foreach (ManagedActorCritic network in (ManagedActorCritic[])[one, several])
                {
                    network.ParametersChanged();
                    network.Forward(1, rows);
                    network.Backward(1, rows);
                }

                AssertSameBits(one, several, 1, rows);
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void UnrollAndBackward_EpisodesThatEnd_HaveTheBitsOfOneThread(string name)
    {
        const int Steps = 3, Simulators = 5;
        bool[] ended = [.. Enumerable.Range(0, Steps * Simulators).Select(i => i % 4 == 1)];
        (NetworkSpec spec, int capacity) = Create(name);
        using ManagedActorCritic one = TestNetworks.CreateFilled(spec, capacity);
        Learn(one);
        foreach (int threads in ThreadCounts)
        {
            using ManagedActorCritic several = TestNetworks.CreateFilled(spec, capacity, threads);
            Learn(several);
            AssertSameBits(one, several, 0, Steps * Simulators);
        }

        void Learn(ManagedActorCritic network)
        {
            TestNetworks.Fill(network.States(0, Simulators), seed: 5, scale: 1);
            network.Unroll(0, Steps, Simulators, ended);
            network.Backward(0, Steps, Simulators, ended);
        }
    }

    [Theory]
    [InlineData("minatar")]
    [InlineData("tiled")]
    [InlineData("lstm")]
    public void ForwardAndBackward_ManyTimesOnTwoThreads_HaveTheSameBitsEachTime(string name)
    {
        const int Rows = 12;
        NetworkSpec spec = TestNetworks.Create(name);
        using ManagedActorCritic network = TestNetworks.CreateFilled(spec, Rows, threads: 2);
        float[]? first = null;
        for (int round = 0; round < 100; round++)
        {
            network.ParametersChanged();
            network.Forward(0, Rows);
            network.Backward(0, Rows);
            first ??= network.Gradients.Span.ToArray();
            Assert.Equal(first, network.Gradients.Span);
        }
    }

    [Theory]
    [InlineData("tiled")]
    [InlineData("sparse")]
    [InlineData("lstm")]
    public void ForwardAndBackward_AfterTheFirstCall_AllocateNothing(string name)
    {
        const int Rows = 12;
        bool[] ended = new bool[Rows];
        using ManagedActorCritic network = TestNetworks.CreateFilled(TestNetworks.Create(name), Rows, threads: 3);
        Step();
        Assert.Equal(0, Allocations.Of(Step)); // the other threads run the same code on their shares

        void Step()
        {
            network.ParametersChanged();
            network.Forward(0, Rows);
            network.Unroll(0, 3, Rows / 3, ended);
            network.Backward(0, 3, Rows / 3, ended);
        }
    }

    [Fact]
    public void Constructor_NoThreads_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ManagedActorCritic(TestNetworks.Create("mlp"), 4, threads: 0));

    private static (NetworkSpec Spec, int Capacity) Create(string name) => name == "nature"
        ? (NetworkPresets.Create(name, new TensorShape(52, 44, 4), 6), 18)
        : (TestNetworks.Create(name), 81);

    private static void AssertSameBits(ManagedActorCritic expected, ManagedActorCritic actual, int firstRow, int rows)
    {
        Assert.Equal(expected.Logits(firstRow, rows), actual.Logits(firstRow, rows));
        Assert.Equal(expected.Values(firstRow, rows), actual.Values(firstRow, rows));
        Assert.Equal(expected.NextStates(firstRow, rows), actual.NextStates(firstRow, rows));
        Assert.Equal(expected.Gradients.Span, actual.Gradients.Span);
    }
}
