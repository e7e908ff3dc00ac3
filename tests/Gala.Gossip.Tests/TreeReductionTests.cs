using Gala.Numerics;

namespace Gala.Gossip.Tests;

public sealed class TreeReductionTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 100)]
    [InlineData(3, 7)]
    [InlineData(5, 133)]
    [InlineData(8, 64)]
    public void Exchange_ManyRounds_GivesAllTheTreesBits(int agents, int length)
    {
        const int Rounds = 200;
        using TreeReduction reduction = new(agents, length);
        int[] goodRounds = new int[agents];
        Thread[] threads = [.. Enumerable.Range(0, agents).Select(rank => new Thread(() =>
        {
            bool good = true;
            for (int round = 1; round <= Rounds && good; round++)
            {
                float[] vector = Vector(rank, round, length);
                good = reduction.Agent(rank).Exchange(vector, round, CancellationToken.None) == new GossipResult(Mixed: true, Stop: false)
                    && vector.AsSpan().SequenceEqual(Tree(agents, round, length));
                goodRounds[rank] += good ? 1 : 0;
            }

            reduction.Agent(rank).Leave();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(goodRounds, rounds => Assert.Equal(Rounds, rounds));
    }

    [Fact]
    public void Exchange_StopRequestedByOne_StopsAllInTheSameRound()
    {
        using TreeReduction reduction = new(2, 3);
        reduction.Agent(0).RequestStop();
        GossipResult other = default;
        Thread thread = new(() => other = reduction.Agent(1).Exchange(new float[3], 1, CancellationToken.None));
        thread.Start();
        Assert.True(reduction.Agent(0).Exchange(new float[3], 1, CancellationToken.None).Stop);
        thread.Join();
        Assert.Equal(new GossipResult(Mixed: true, Stop: true), other);
    }

    [Fact]
    public void Exchange_AnotherHasLeft_ReturnsAtOnceUnmixed()
    {
        using TreeReduction reduction = new(2, 3);
        reduction.Agent(1).Leave();
        float[] vector = [1, 2, 3];
        Assert.Equal(new GossipResult(Mixed: false, Stop: true), reduction.Agent(0).Exchange(vector, 1, CancellationToken.None));
        Assert.Equal([1f, 2, 3], vector);
    }

    [Fact]
    public void Exchange_WrongLength_ThrowsNamingBoth()
    {
        using TreeReduction reduction = new(1, 3);
        ArgumentException error = Assert.Throws<ArgumentException>(() => reduction.Agent(0).Exchange(new float[2], 1, CancellationToken.None));
        Assert.Contains("2 elements instead of 3", error.Message, StringComparison.Ordinal);
    }

    private static float[] Vector(int rank, int round, int length) =>
        [.. Enumerable.Range(0, length).Select(i => Philox.ToUnitSingle(Philox.Words((ulong)rank, (ulong)round, (ulong)i).A) - 0.5f)];

    // ((x₀ + x₁) + (x₂ + x₃)) + …, from its definition.
    private static float[] Tree(int agents, int round, int length)
    {
        float[][] vectors = [.. Enumerable.Range(0, agents).Select(rank => Vector(rank, round, length))];
        int leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)agents);
        return [.. Enumerable.Range(0, length).Select(i => Sum(vectors, i, 0, leaves) * (1f / agents))];
    }

    private static float Sum(float[][] vectors, int element, int first, int count)
    {
        if (count == 1)
        {
            return vectors[first][element];
        }

        int middle = first + (count / 2);
        float left = Sum(vectors, element, first, count / 2);
        return middle < vectors.Length ? left + Sum(vectors, element, middle, count / 2) : left;
    }
}
