namespace Gala.Numerics.Tests;

public class TanhTests
{
    [Fact]
    public void Tanh_AnyArgument_IsWithinTwoUnitsInTheLastPlace()
    {
        float[] arguments = [.. Enumerable.Range(-40_000, 80_001).Select(i => i * 0.00025f), 1e-30f, -1e-30f, 50f, -1e30f, float.PositiveInfinity];
        float[] results = [.. arguments];
        Kernels.Tanh(results);
        for (int i = 0; i < results.Length; i++)
        {
            double expected = Math.Tanh(arguments[i]);
            double unit = MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected);
            Assert.True(Math.Abs(results[i] - expected) <= 2 * unit, $"tanh({arguments[i]:R}) = {results[i]:R}, expected {expected:R}.");
        }
    }

    [Fact]
    public void Tanh_ZerosAndNaN_KeepSignAndNaN()
    {
        float[] results = [0f, -0f, float.NaN];
        Kernels.Tanh(results);
        Assert.Equal([0u, 0x80000000u], results[..2].Select(BitConverter.SingleToUInt32Bits));
        Assert.True(float.IsNaN(results[2]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    public void Tanh_AnyLength_GivesEachElementTheSameBitsAndNoOther(int length)
    {
        using GuardedBuffer elements = GuardedBuffer.Output(length);
        elements.Span.Fill(0.7f);
        Kernels.Tanh(elements.Span);
        float[] one = [0.7f];
        Kernels.Tanh(one);
        Assert.All(elements.Span.ToArray(), element => Assert.Equal(one[0], element));
        elements.AssertMarginsUntouched();
    }
}
