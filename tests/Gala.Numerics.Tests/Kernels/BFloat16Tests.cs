namespace Gala.Numerics.Tests;

public sealed class BFloat16Tests
{
    public static TheoryData<int> Lengths() => [.. Padded.Lengths];

    [Theory]
    [InlineData(0x3F80_0000, 0x3F80)] // 1
    [InlineData(0x3F80_7FFF, 0x3F80)] // below the middle
    [InlineData(0x3F80_8000, 0x3F80)] // the middle, to the even one below
    [InlineData(0x3F80_8001, 0x3F81)]
    [InlineData(0x3F81_8000, 0x3F82)] // the middle, to the even one above
    [InlineData(0xBF81_8000, 0xBF82)]
    [InlineData(0x3FFF_FFFF, 0x4000)] // carries into the exponent
    [InlineData(0x0000_0000, 0x0000)]
    [InlineData(0x8000_0000, 0x8000)]
    [InlineData(0x0000_8001, 0x0001)] // denormal
    [InlineData(0x7F7F_7FFF, 0x7F7F)]
    [InlineData(0x7F7F_FFFF, 0x7F80)] // the largest float, to infinity
    [InlineData(0xFF80_0000, 0xFF80)]
    [InlineData(0x7FC0_0000, 0x7FC0)] // NaN
    [InlineData(0x7F80_0001, 0x7FC0)] // a NaN that cutting off would make infinity
    [InlineData(0xFFFF_FFFF, 0xFFFF)] // a NaN that adding would make zero
    public void Round_BitsByHand_GoToTheNearestAndOfTwoToTheEven(uint bits, int expected)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        Assert.Equal(expected, BFloat16.Round(value).Bits);
        BFloat16[] rounded = new BFloat16[32]; // whole vectors
        Kernels.Round([.. Enumerable.Repeat(value, 32)], rounded);
        Assert.All(rounded, element => Assert.Equal(expected, element.Bits));
    }

    [Fact]
    public void Round_AnyFloat_IsOffByAnEighthPowerOfHalfAtMostAndByNoneForItself()
    {
        for (int upper = 0; upper <= ushort.MaxValue; upper++)
        {
            BFloat16 exact = new((ushort)upper);
            float value = exact.ToSingle();
            if (float.IsNaN(value))
            {
                continue;
            }

            Assert.Equal(exact, BFloat16.Round(value));
            float off = BitConverter.UInt32BitsToSingle(((uint)upper << 16) | 0x7ABC);
            if (float.IsNormal(off))
            {
                Assert.InRange(Math.Abs((double)BFloat16.Round(off).ToSingle() - off), 0, Math.Pow(2, -8) * Math.Abs((double)off));
            }
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void RoundAndWiden_AnyLength_EqualScalarReferenceBitForBit(int length)
    {
        Padded source = Padded.Input(length, seed: 1);
        float[] x = source.ToArray();
        BFloat16[] rounded = Guarded(length);
        Kernels.Round(source.Span, rounded.AsSpan(1, length));
        AssertGuarded(rounded, [.. x.Select(BFloat16.Round)]);

        Padded widened = Padded.Output(length);
        Kernels.Widen(rounded.AsSpan(1, length), widened.Span);
        widened.AssertHolds([.. x.Select(element => BFloat16.Round(element).ToSingle())]);
        source.AssertHolds(x);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void MixInto_AnyLength_EqualsScalarReferenceBitForBit(int length)
    {
        Padded own = Padded.Input(length, seed: 1);
        float[] x = own.ToArray(), y = Padded.Input(length, seed: 2).ToArray();
        BFloat16[] received = [.. y.Select(BFloat16.Round)];
        Kernels.MixInto(own.Span, received, 0.3f);
        own.AssertHolds([.. x.Zip(received, (a, b) => a + ((b.ToSingle() - BFloat16.Round(a).ToSingle()) * 0.3f))]);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(x[i] + (0.3f * (y[i] - x[i])), own.Span[i], (0.3f / 256 * (MathF.Abs(x[i]) + MathF.Abs(y[i]))) + 1e-6f);
        }
    }

    [Fact]
    public void MixInto_AgentsThatAgree_StayAsTheyAre()
    {
        float[] parameters = Padded.Input(1000, seed: 1).ToArray(), own = [.. parameters];
        BFloat16[] received = new BFloat16[1000];
        Kernels.Round(parameters, received);
        Kernels.MixInto(own, received, 0.5f);
        Assert.Equal(parameters, own);
    }

    [Fact]
    public void Kernels_SpanOneShort_ThrowNamingIt()
    {
        Assert.Equal("target", Assert.Throws<ArgumentException>(() => Kernels.Round(new float[4], new BFloat16[3])).ParamName);
        Assert.Equal("target", Assert.Throws<ArgumentException>(() => Kernels.Widen(new BFloat16[4], new float[3])).ParamName);
        Assert.Equal("received", Assert.Throws<ArgumentException>(() => Kernels.MixInto(new float[4], new BFloat16[3], 1)).ParamName);
    }

    [Fact]
    public void Kernels_CalledAgain_AllocateNothing()
    {
        float[] singles = new float[1000];
        BFloat16[] halves = new BFloat16[1000];
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            Kernels.Round(singles, halves);
            Kernels.Widen(halves, singles);
            Kernels.MixInto(singles, halves, 0.5f);
        }
    }

    private static BFloat16[] Guarded(int length) => [.. Enumerable.Repeat(new BFloat16(0xABCD), length + 2)];

    private static void AssertGuarded(BFloat16[] actual, BFloat16[] expected) =>
        Assert.Equal([new(0xABCD), .. expected, new(0xABCD)], actual);
}
