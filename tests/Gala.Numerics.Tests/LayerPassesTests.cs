namespace Gala.Numerics.Tests;

public unsafe class LayerPassesTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 34), 4099];

    [Theory, MemberData(nameof(Lengths))]
    public void MultiplyByReluGradient_AnyLength_KeepsGradientsOfPositiveOutputs(int length)
    {
        using GuardedBuffer outputs = GuardedBuffer.Input(length, seed: 1);
        using GuardedBuffer gradients = GuardedBuffer.Output(length);
        gradients.Span.Fill(2);
        Kernels.MultiplyByReluGradient(outputs.Span, gradients.Span);
        Assert.Equal(outputs.Span.ToArray().Select(y => y > 0 ? 2f : 0f), gradients.Span.ToArray());
        gradients.AssertMarginsUntouched();
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Rectify_AnyLength_KeepsWhatIsNotNegative(int length)
    {
        using GuardedBuffer source = GuardedBuffer.Input(length, seed: 1);
        using GuardedBuffer target = GuardedBuffer.Output(length);
        if (length > 2)
        {
            (source.Span[0], source.Span[^1], source.Span[length / 2]) = (float.NaN, float.NegativeInfinity, float.PositiveInfinity);
        }

        Kernels.Rectify(source.Span, target.Span);
        Assert.Equal(source.Span.ToArray().Select(x => x < 0 ? 0f : x), target.Span.ToArray());
        target.AssertMarginsUntouched();
        Kernels.Rectify(source.Span, source.Span);
        Assert.Equal(target.Span.ToArray(), source.Span.ToArray());
    }

    [Theory, MemberData(nameof(Lengths))]
    public void MultiplyByTanhGradient_AnyLength_MultipliesByOneMinusSquare(int length)
    {
        using GuardedBuffer outputs = GuardedBuffer.Input(length, seed: 1);
        using GuardedBuffer gradients = GuardedBuffer.Output(length);
        gradients.Span.Fill(3);
        Kernels.MultiplyByTanhGradient(outputs.Span, gradients.Span);
        Assert.Equal(outputs.Span.ToArray().Select(y => 3f * (1 - (y * y))), gradients.Span.ToArray());
        gradients.AssertMarginsUntouched();
    }

    [Fact]
    public void MultiplyByReluGradient_OneGradientShort_ThrowsNamingBoth()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Kernels.MultiplyByReluGradient(new float[3], new float[2]));
        Assert.Contains("3 outputs, but 2 gradients", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void AddRows_AnyWidth_AddsInTheOrderOfTheRows(int columns)
    {
        const int Rows = 7;
        int stride = columns + 1;
        using GuardedBuffer source = GuardedBuffer.Input(Rows * stride, seed: 1);
        using GuardedBuffer sums = GuardedBuffer.Output(columns);
        sums.Span.Fill(0.5f);
        Kernels.AddRows(Rows, source.Data, stride, sums.Span);
        for (int column = 0; column < columns; column++)
        {
            float expected = 0.5f;
            for (int row = 0; row < Rows; row++)
            {
                expected += source.Span[(row * stride) + column];
            }

            Assert.Equal(expected, sums.Span[column]);
        }

        sums.AssertMarginsUntouched();
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(3, 9)]
    [InlineData(4, 4)]
    [InlineData(16, 8)]
    [InlineData(17, 35)]
    [InlineData(48, 128)]
    public void Transpose_AnyShape_SwapsRowsAndColumns(int rows, int columns)
    {
        (int sourceStride, int targetStride) = (columns + 2, rows + 3);
        using GuardedBuffer source = GuardedBuffer.Input(rows * sourceStride, seed: 1);
        using GuardedBuffer target = GuardedBuffer.Output(columns * targetStride);
        Kernels.Transpose(source.Data, sourceStride, rows, columns, target.Data, targetStride);
        for (int i = 0; i < target.Length; i++)
        {
            (int column, int row) = (i / targetStride, i % targetStride);
            Assert.Equal(row < rows ? source.Span[(row * sourceStride) + column] : 0, target.Span[i]);
        }

        target.AssertMarginsUntouched();
    }
}
