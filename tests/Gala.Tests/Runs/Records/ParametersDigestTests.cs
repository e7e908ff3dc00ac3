using System.Security.Cryptography;
using Gala.Networks;
using Gala.Runs;

namespace Gala.Tests.Runs.Records;

public sealed class ParametersDigestTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 1_000).Select(i => (i - 500) / 3f)];

    [Fact]
    public void Of_Nothing_IsTheKnownDigestOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ParametersDigest.Of(ReadOnlySpan<float>.Empty));

    [Fact]
    public void Of_Floats_IsTheDigestOfTheirLittleEndianBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes); // little-endian by its contract
        Array.ForEach(Values, writer.Write);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), ParametersDigest.Of(Values));
    }

    [Fact]
    public void Of_Agents_IsTheDigestOfAllInOrder()
    {
        using ParameterVector first = Vector(Values.AsSpan(0, 300));
        using ParameterVector second = Vector(Values.AsSpan(300));
        Assert.Equal(ParametersDigest.Of(Values), ParametersDigest.Of([first, second]));
        Assert.NotEqual(ParametersDigest.Of(Values), ParametersDigest.Of([second, first]));
    }

    private static ParameterVector Vector(ReadOnlySpan<float> values)
    {
        ParameterVector vector = new(new ParameterLayout([("a", [values.Length])]));
        values.CopyTo(vector.Span);
        return vector;
    }
}
