using System.Runtime.Intrinsics;

namespace Gala.Numerics.Tests;

public sealed class ElementaryFunctionsTests
{
    [Fact]
    public void Exp_WholeRange_IsWithinItsDocumentedError()
    {
        for (int i = 0; i < 200_000; i++)
        {
            float x = -103f + (191.7f * i / 200_000);
            AssertWithin(1.2, Math.Exp(x), Exp(x), x);
        }
    }

    [Fact]
    public void Log_PositiveNumbers_IsWithinItsDocumentedError()
    {
        for (int bits = 0x0080_0000; bits < 0x7F80_0000; bits += 9_973)
        {
            float x = BitConverter.Int32BitsToSingle(bits);
            AssertWithin(1, Math.Log(x), Log(x), x);
        }

        for (int i = 0; i < 100_000; i++)
        {
            float x = 0.5f + (i * 2e-5f);
            AssertWithin(1, Math.Log(x), Log(x), x);
        }
    }

    [Fact]
    public void Sigmoid_WholeRange_IsWithinItsDocumentedError()
    {
        for (int i = 0; i < 200_000; i++)
        {
            float x = -87f + (187f * i / 200_000);
            AssertWithin(3, 1 / (1 + Math.Exp(-x)), Sigmoid(x), x);
        }

        Assert.Equal([0f, 0.5f, 1f], [Sigmoid(-89), Sigmoid(0), Sigmoid(float.PositiveInfinity)]);
        Assert.True(float.IsNaN(Sigmoid(float.NaN)));
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(-104f, 0f)]
    [InlineData(-1e30f, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(88.8f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_EdgeOfRange_IsExact(float x, float expected) => Assert.Equal(expected, Exp(x));

    [Fact]
    public void Log_One_IsZero() => Assert.Equal(0f, Log(1));

    private static float Exp(float x) => ElementaryFunctions.Exp(Vector512.Create(x))[5];

    private static float Log(float x) => ElementaryFunctions.Log(Vector512.Create(x))[11];

    private static float Sigmoid(float x) => ElementaryFunctions.Sigmoid(Vector512.Create(x))[7];

    private static void AssertWithin(double units, double exact, float actual, float x)
    {
        float nearest = (float)exact;
        double unit = Math.Abs((double)MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest));
        Assert.True(Math.Abs(actual - exact) <= units * unit, $"f({x:R}) is {actual:R}, {Math.Abs(actual - exact) / unit:F2} units from {exact:R}.");
    }
}
