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
    public unsafe void Dispose_Twice_FreesOnceAndForbidsUse()
    {
        AlignedBuffer<float> buffer = new(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.Data is null);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }
}
