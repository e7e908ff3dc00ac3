namespace Gala.Numerics.Tests;

public sealed class PhiloxTests
{
    // Random123, examples/kat_vectors, philox4x32-10: counter words c0 to c3 and key words k0, k1, lowest first.
    [Theory]
    [InlineData(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822ul, 0x85a308d3243f6a88ul, 0x0370734413198a2eul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Words_KnownAnswerVectors_AreEqual(ulong key, ulong counterLow, ulong counterHigh, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Words(key, counterLow, counterHigh));

    [Fact]
    public void ToUnit_EveryWord_StaysBelowOne()
    {
        Assert.Equal(0f, Philox.ToUnitSingle(0));
        Assert.Equal(1 - (1f / (1 << 24)), Philox.ToUnitSingle(uint.MaxValue));
        Assert.Equal(0.5f, Philox.ToUnitSingle(0x8000_0000));
        Assert.Equal(0.0, Philox.ToUnitDouble(0, 0));
        Assert.Equal(1 - (1.0 / (1L << 53)), Philox.ToUnitDouble(uint.MaxValue, uint.MaxValue));
        Assert.Equal(0.5, Philox.ToUnitDouble(0x8000_0000, 0));
    }

    [Fact]
    public void ToUnit_ManyCounters_FillsEveryTenthEvenly()
    {
        const int Draws = 100_000;
        int[] tenths = new int[10];
        for (ulong i = 0; i < Draws; i++)
        {
            tenths[(int)(10 * Philox.ToUnitSingle(Philox.Words(42, i, 0).A))]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 9_600, 10_400)); // 4.2 standard deviations of 95
    }

    [Fact]
    public void Words_NeighbouringCountersKeysAndStreams_AreUnlike()
    {
        HashSet<(uint, uint, uint, uint)> seen = [];
        for (ulong i = 0; i < 1000; i++)
        {
            Assert.True(seen.Add(Philox.Words(1, i, 0)) && seen.Add(Philox.Words(1, 0, i + 1)) && seen.Add(Philox.Words(i + 2, 0, 0)));
        }
    }
}
