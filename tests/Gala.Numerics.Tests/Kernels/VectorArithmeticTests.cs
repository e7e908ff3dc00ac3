namespace Gala.Numerics.Tests;

public sealed class VectorArithmeticTests
{
    public static TheoryData<int> Lengths() => [.. Padded.Lengths];

    [Theory, MemberData(nameof(Lengths))]
    public void SumOfSquares_AnyLength_AddsInTheDocumentedOrder(int length)
    {
        Padded vector = Padded.Input(length, seed: 1);
        float[] x = vector.ToArray();
        double sum = Kernels.SumOfSquares(vector.Span);
        Assert.Equal(Reference.Sum(Reference.Squares(x), x, chains: 64), sum);
        Assert.Equal(x.Sum(element => (double)element * element), sum, tolerance: 1e-5 * sum);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void SquaredDistance_AnyLength_IsThatOfTheRoundedDifferences(int length)
    {
        Padded left = Padded.Input(length, seed: 1), right = Padded.Input(length, seed: 2);
        float[] differences = [.. left.ToArray().Zip(right.ToArray(), (x, y) => x - y)];
        Assert.Equal(Kernels.SumOfSquares(differences), Kernels.SquaredDistance(left.Span, right.Span));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Mixing_AnyLength_EqualsScalarReferenceBitForBit(int length)
    {
        Padded received = Padded.Input(length, seed: 2);
        float[] x = Padded.Input(length, seed: 1).ToArray(), y = received.ToArray();
        AssertMixes((own, other) => Kernels.MixInto(own, other, 0.3f), x, received, (a, b) => a + ((b - a) * 0.3f));
        AssertMixes((own, other) => Kernels.Add(own, other), x, received, (a, b) => a + b);
        AssertMixes((own, other) => Kernels.AddAndDivide(own, other, 2), x, received, (a, b) => (a + b) / 2);
        AssertMixes((own, other) => Kernels.AddAndDivide(own, other, 5), x, received, (a, b) => (a + b) / 5);
        AssertMixes((own, _) => Kernels.Scale(own, -1.7f), x, received, (a, _) => a * -1.7f);
        received.AssertHolds(y);
    }

    [Fact]
    public void Mixing_EqualVectors_LeavesThemAsTheyAreBitForBit()
    {
        float[] parameters = Padded.Input(1000, seed: 1).ToArray();
        float[] own = [.. parameters];
        Kernels.MixInto(own, parameters, 0.3f);
        Assert.Equal(parameters, own);
        Kernels.AddAndDivide(own, parameters, 2);
        Assert.Equal(parameters, own);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void MaxAbsolute_AnyLength_FindsTheLargestAnywhere(int length)
    {
        Padded vector = Padded.Input(length, seed: 3);
        Assert.Equal(vector.ToArray().Select(MathF.Abs).DefaultIfEmpty(0).Max(), Kernels.MaxAbsolute(vector.Span));
        Assert.True(Kernels.AllFinite(vector.Span));
        for (int i = 0; i < length; i += 1 + (length / 40))
        {
            float kept = vector.Span[i];
            vector.Span[i] = -5;
            Assert.Equal(5f, Kernels.MaxAbsolute(vector.Span));
            vector.Span[i] = float.NegativeInfinity;
            Assert.False(Kernels.AllFinite(vector.Span));
            vector.Span[i] = float.NaN;
            Assert.False(Kernels.AllFinite(vector.Span));
            Assert.True(float.IsNaN(Kernels.MaxAbsolute(vector.Span)));
            vector.Span[i] = kept;
        }
    }

    [Fact]
    public void MaxAbsolute_OfRoundedNumbers_EqualsThatOfTheWidened()
    {
        for (int length = 0; length <= 130; length++)
        {
            BFloat16[] vector = [.. Padded.Input(length, seed: 3).ToArray().Select(BFloat16.Round)];
            Assert.Equal(vector.Select(element => MathF.Abs(element.ToSingle())).DefaultIfEmpty(0).Max(), Kernels.MaxAbsolute(vector));
            for (int i = 0; i < length; i++)
            {
                foreach (float poison in (float[])[-5, 3e38f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, -float.NaN])
                {
                    BFloat16 kept = vector[i];
                    vector[i] = BFloat16.Round(poison);
                    Assert.Equal(MathF.Abs(vector[i].ToSingle()), Kernels.MaxAbsolute(vector));
                    vector[i] = kept;
                }
            }
        }
    }

    [Fact]
    public void BinaryKernels_SpanOneShort_ThrowNamingIt()
    {
        float[] four = new float[4], three = new float[3];
        Assert.Equal("right", Assert.Throws<ArgumentException>(() => Kernels.SquaredDistance(four, three)).ParamName);
        Assert.Equal("received", Assert.Throws<ArgumentException>(() => Kernels.MixInto(four, three, 1)).ParamName);
        Assert.Equal("received", Assert.Throws<ArgumentException>(() => Kernels.Add(four, three)).ParamName);
        Assert.Equal("received", Assert.Throws<ArgumentException>(() => Kernels.AddAndDivide(four, three, 2)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Kernels.AddAndDivide(four, four, 0));
    }

    private static void AssertMixes(Kernel kernel, float[] own, Padded received, Func<float, float, float> reference)
    {
        Padded result = Padded.Output(own.Length);
        own.CopyTo(result.Span);
        kernel(result.Span, received.Span);
        result.AssertHolds([.. own.Zip(received.ToArray(), reference)]);
    }

    private delegate void Kernel(Span<float> own, ReadOnlySpan<float> received);
}
