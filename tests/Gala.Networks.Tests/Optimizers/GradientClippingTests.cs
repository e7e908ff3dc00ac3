namespace Gala.Networks.Tests;

public sealed class GradientClippingTests
{
    [Fact]
    public void Scale_NormAboveMaximum_BringsItDownAsPyTorchDoes() => Assert.Equal((float)(0.5 / 2.000001), GradientClipping.Scale(2, 0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(0.499998)]
    public void Scale_NormBelowMaximum_IsOne(double norm) => Assert.Equal(1f, GradientClipping.Scale(norm, 0.5));

    [Fact]
    public void Scale_NoMaximum_IsOne() => Assert.Equal(1f, GradientClipping.Scale(1e30, double.PositiveInfinity));

    [Fact]
    public void Scale_BrokenGradient_IsNotHidden()
    {
        Assert.True(float.IsNaN(GradientClipping.Scale(double.NaN, 0.5)));
        Assert.Equal(0f, GradientClipping.Scale(double.PositiveInfinity, 0.5)); // 0 · ∞ = NaN in the step
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Scale_MaximumNotPositive_Throws(double maximum) =>
        Assert.Equal("maximum", Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Scale(1, maximum)).ParamName);
}
