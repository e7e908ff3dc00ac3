using FsCheck;
using FsCheck.Fluent;
using Gala.Numerics;

namespace Gala.Environments.Tests;

public class StreamRandomSourceTests
{
    [Fact]
    public void Uniform_EveryDraw_IsAPairOfWordsOfTheCounter()
    {
        StreamRandomSource source = new(seed: 77, stream: 5);
        for (ulong block = 0; block < 40; block++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Words(77, block, 5);
            Assert.Equal(Philox.ToUnitDouble(a, b), source.Uniform());
            Assert.Equal(Philox.ToUnitDouble(c, d), source.Uniform());
        }

        Assert.Equal(80ul, source.Position);
    }

    [Fact]
    public void UniformInteger_AnyBounds_StaysWithin() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll<int, int, int>((first, second, seed) =>
        {
            (int low, int high) = (Math.Min(first, second), Math.Max(first, second));
            StreamRandomSource source = new((ulong)seed);
            int value = high > low ? source.UniformInteger(low, high) : low;
            return value >= low && (value < high || high == low);
        }));

    [Fact]
    public void UniformInteger_WholeRangeOfIntegers_Works()
    {
        StreamRandomSource source = new(3);
        int[] values = [.. Enumerable.Range(0, 1000).Select(_ => source.UniformInteger(int.MinValue, int.MaxValue))];
        Assert.Contains(values, value => value < -1_000_000_000);
        Assert.Contains(values, value => value > 1_000_000_000);
    }

    [Fact]
    public void UniformInteger_SevenValues_AreEquallyFrequent()
    {
        const int Draws = 70_000;
        StreamRandomSource source = new(9);
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++)
        {
            counts[source.UniformInteger(-3, 4) + 3]++;
        }

        double chiSquare = counts.Sum(count => Math.Pow(count - (Draws / 7), 2) / (Draws / 7));
        Assert.True(chiSquare < 22.5, $"χ² with 6 degrees of freedom is {chiSquare}"); // 99.9%
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 3)]
    public void UniformInteger_EmptyRange_Throws(int low, int high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamRandomSource(1).UniformInteger(low, high));

    [Fact]
    public void Seed_Again_StartsTheSameStreamAnew()
    {
        StreamRandomSource fresh = new(8, stream: 2);
        StreamRandomSource reseeded = new(1, stream: 2);
        reseeded.Uniform();
        reseeded.Seed(8);
        Assert.Equal(0ul, reseeded.Position);
        Assert.Equal(Draw(fresh, 20), Draw(reseeded, 20));
    }

    [Fact]
    public void Streams_OfOneSeed_Differ() => Assert.NotEqual(Draw(new StreamRandomSource(1, 0), 4), Draw(new StreamRandomSource(1, 1), 4));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void State_SavedAtAnyPosition_GoesOnTheSame(int position)
    {
        StreamRandomSource source = new(31, stream: 4);
        Draw(source, position);
        byte[] state = SavedState.Of(source);
        double[] expected = Draw(source, 40);
        StreamRandomSource other = new(0);
        SavedState.Load(other, state);
        Assert.Equal((ulong)position, other.Position);
        Assert.Equal(expected, Draw(other, 40));
    }

    [Fact]
    public void LoadState_ForeignData_Throws() =>
        Assert.Throws<InvalidDataException>(() => SavedState.Load(new StreamRandomSource(1), new byte[64]));

    [Fact]
    public void Draws_Steady_AllocateNothing()
    {
        StreamRandomSource source = new(1);
        source.Uniform();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            source.Uniform();
            source.UniformInteger(0, 9);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Draw(StreamRandomSource source, int count) => [.. Enumerable.Range(0, count).Select(_ => source.Uniform())];
}
