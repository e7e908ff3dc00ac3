using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class HumanNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("3m", 3_000_000)]
    [InlineData("500K", 500_000)]
    [InlineData("1.5m", 1_500_000)]
    [InlineData("2b", 2_000_000_000)]
    [InlineData("1_000_000", 1_000_000)]
    [InlineData("-7", -7)]
    [InlineData("1e6", 1_000_000)]
    [InlineData("0.001k", 1)]
    [InlineData(" 12 ", 12)]
    public void TryParseWhole_WholeNumber_GivesIt(string text, long expected)
    {
        Assert.True(HumanNumber.TryParseWhole(text, out decimal value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("1.5")]
    [InlineData("0.0001k")]
    [InlineData("3mm")]
    [InlineData("m3")]
    [InlineData("1,000")]
    [InlineData("1e-3")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("79228162514264337593543950335b")]
    [InlineData("1000000000000000000000000000000000000000")]
    public void TryParseWhole_AnythingElse_IsRefused(string? text) => Assert.False(HumanNumber.TryParseWhole(text, out _));

    [Fact]
    public void TryParseWhole_LargestSeed_IsExact()
    {
        Assert.True(HumanNumber.TryParseWhole("18446744073709551615", out decimal value));
        Assert.Equal(ulong.MaxValue, value);
    }

    [Theory]
    [InlineData("7e-4", 7e-4)]
    [InlineData(".5", 0.5)]
    [InlineData("-2.5k", -2500)]
    [InlineData("1E3", 1000)]
    public void TryParseReal_Number_GivesIt(string text, double expected)
    {
        Assert.True(HumanNumber.TryParseReal(text, out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-∞")]
    [InlineData("1e999")]
    [InlineData("1e308k")]
    [InlineData("one")]
    [InlineData("")]
    public void TryParseReal_NoFiniteNumber_IsRefused(string text) => Assert.False(HumanNumber.TryParseReal(text, out _));

    [Theory]
    [InlineData(3_000_000, "3m")]
    [InlineData(2_500_000, "2500k")]
    [InlineData(1_234, "1234")]
    [InlineData(0, "0")]
    [InlineData(-5_000, "-5k")]
    public void Format_WholeNumber_IsShortAndExact(long value, string expected) => Assert.Equal(expected, HumanNumber.Format(value));

    [Fact]
    public void Format_AnyWholeNumber_IsReadBack() => Prop.ForAll<long>(value =>
        HumanNumber.TryParseWhole(HumanNumber.Format(value), out decimal back) && back == value).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Prop.ForAll<string?>(text =>
    {
        _ = HumanNumber.TryParseWhole(text, out _);
        _ = HumanNumber.TryParseReal(text, out _);
    }).QuickCheckThrowOnFailure();
}
