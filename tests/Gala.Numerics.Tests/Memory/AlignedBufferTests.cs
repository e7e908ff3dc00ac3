namespace Gala.Numerics.Tests;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4099)]
    public unsafe void Constructor_AnyLength_GivesAlignedZeros(int length)
    {
        using AlignedBuffer<float> first = new(length), second = new(length);
        Assert.Equal(0u, (nuint)first.Data % AlignedBuffer<float>.Alignment);
        Assert.Equal(0u, (nuint)second.Data % AlignedBuffer<float>.Alignment);
        Assert.Equal((length, length), (first.Length, first.Span.Length));
        Assert.True(first.Span.IndexOfAnyExcept(0f) < 0);
        first.Span.Fill(1);
        Assert.True(second.Span.IndexOfAnyExcept(0f) < 0); // a memory of its own
    }

    [Fact]
    public unsafe void Constructor_AfterADirtyBlockWasFreed_GivesZeros()
    {
        for (int i = 0; i < 100; i++)
        {
            using AlignedBuffer<int> buffer = new(257);
            Assert.True(buffer.Span.IndexOfAnyExcept(0) < 0);
            buffer.Span.Fill(-1);
        }
    }

    [Fact]
    public void Constructor_NegativeLength_Throws() =>
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<float>(-1)).ParamName);

    [Fact]
    public unsafe void MoveInto_APartOfAnother_KeepsTheElementsAndSharesThePart()
    {
        using AlignedBuffer<float> home = new(64), buffer = new(20);
        buffer.Span.Fill(3);
        buffer.MoveInto(home, 32);
        Assert.True(buffer.Data == home.Data + 32);
        Assert.Equal([0, 3, 3, 0], (float[])[home.Span[31], home.Span[32], home.Span[51], home.Span[52]]);
        buffer.Span[0] = 5;
        Assert.Equal(5, home.Span[32]);

        buffer.Dispose(); // frees nothing of the other
        home.Span.Fill(1);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void MoveInto_WhereTheElementsDoNotFitOrLieAskew_ThrowsAndLeavesThemWhereTheyAre()
    {
        using AlignedBuffer<float> home = new(64), buffer = new(33);
        buffer.Span.Fill(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.MoveInto(home, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.MoveInto(home, -16));
        Assert.Throws<ArgumentException>(() => buffer.MoveInto(home, 8));
        Assert.True(home.Span.IndexOfAnyExcept(0f) < 0);
        Assert.True(buffer.Span.IndexOfAnyExcept(3f) < 0);
    }

    [Fact]
    public unsafe void Dispose_Twice_FreesOnceAndForbidsUse()
    {
        AlignedBuffer<float> buffer = new(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.Data is null);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }
}
