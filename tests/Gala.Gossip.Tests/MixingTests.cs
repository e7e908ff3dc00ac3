namespace Gala.Gossip.Tests;

public sealed class MixingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(4_099)]
    public void AddAndDivide_AnyLength_EqualsTheScalarLoopBitForBit(int length)
    {
        Random random = new(9);
        float[] parameters = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] message = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] sums = [.. parameters.Zip(message, (x, m) => x + m)];
        float[] means = [.. sums.Select(sum => sum / 3)];
        float[] added = [.. parameters];
        Mixing.Add(added, message);
        Mixing.AddAndDivide(parameters, message, 3);
        Assert.Equal(sums, added);
        Assert.Equal(means, parameters);
    }

    [Fact]
    public void Add_LengthsDiffer_Throws()
    {
        Assert.Equal("message", Assert.Throws<ArgumentException>(() => Mixing.Add(new float[2], new float[3])).ParamName);
        Assert.Equal("message", Assert.Throws<ArgumentException>(() => Mixing.AddAndDivide(new float[2], new float[1], 2)).ParamName);
    }
}
