namespace Gala.Numerics.Tests;

public unsafe class MultiplyRowsTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = [];
            foreach (int columns in Enumerable.Range(1, 33).Concat([47, 48, 49, 63, 64, 65, 80, 96, 97, 113, 128]))
            {
                shapes.Add(13, 7, columns); // every tail of columns; 13 rows are 8 + 4 + 1
            }

            for (int rows = 0; rows <= 20; rows++)
            {
                shapes.Add(rows, 5, 50); // every tail of rows
            }

            shapes.Add(3, 0, 20); // an empty sum is the bias
            shapes.Add(80, 300, 128);
            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void MultiplyRows_AnyShapeAndWidth_EqualsTheSameChainOfFusedMultiplyAdds(int rows, int inputs, int outputs)
    {
        int stride = outputs + 3;
        using GuardedBuffer left = GuardedBuffer.Input(rows * inputs, seed: 1);
        using GuardedBuffer weights = GuardedBuffer.Input(inputs * outputs, seed: 2);
        using GuardedBuffer bias = GuardedBuffer.Input(outputs, seed: 3);
        float[] expected = new float[rows * outputs];
        for (int i = 0; i < expected.Length; i++)
        {
            (int row, int output) = (i / outputs, i % outputs);
            expected[i] = bias.Span[output];
            for (int k = 0; k < inputs; k++)
            {
                expected[i] = Kernels.MultiplyAdd(weights.Span[(k * outputs) + output], left.Span[(row * inputs) + k], expected[i]);
            }

            expected[i] = MathF.Max(0, expected[i]);
        }

        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using PackedMatrix right = new(inputs, outputs, width);
            right.Pack(weights.Data, outputs);
            using GuardedBuffer target = GuardedBuffer.Output(rows * stride);
            target.Span.Fill(7);
            Kernels.MultiplyRows(
                rows, new RowLayout(left.Data, inputs), RowSegments.Contiguous(inputs), right, bias.Data, 0, new RowLayout(target.Data, stride));
            target.AssertMarginsUntouched();
            for (int row = 0; row < rows; row++)
            {
                Assert.Equal(expected.AsSpan(row * outputs, outputs), target.Span.Slice(row * stride, outputs));
                Assert.Equal([7f, 7f, 7f], target.Span.Slice((row * stride) + outputs, stride - outputs));
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(19, 18)]
    [InlineData(33, 50)]
    [InlineData(64, 128)]
    public void MultiplyRowsInto_TransposedMatrix_AddsToTheTarget(int inputs, int outputs)
    {
        const int Rows = 11;
        using GuardedBuffer left = GuardedBuffer.Input(Rows * inputs, seed: 1);
        using GuardedBuffer transposed = GuardedBuffer.Input(inputs * outputs, seed: 2);
        float[] start = [.. Enumerable.Range(0, Rows * outputs).Select(i => i * 0.01f)];
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using PackedMatrix right = new(inputs, outputs, width);
            right.PackTransposed(transposed.Data, inputs);
            using GuardedBuffer target = GuardedBuffer.Output(start.Length);
            start.CopyTo(target.Span);
            Kernels.MultiplyRowsInto(
                Rows, new RowLayout(left.Data, inputs), RowSegments.Contiguous(inputs), right, new RowLayout(target.Data, outputs));
            target.AssertMarginsUntouched();
            for (int i = 0; i < start.Length; i++)
            {
                float expected = start[i];
                for (int k = 0; k < inputs; k++)
                {
                    expected = Kernels.MultiplyAdd(transposed.Span[(i % outputs * inputs) + k], left.Span[(i / outputs * inputs) + k], expected);
                }

                Assert.Equal(expected, target.Span[i]);
            }
        }
    }

    [Fact]
    public void MultiplyRows_RowsInGroupsOfSegments_ReadsThemWhereTheyAre()
    {
        // Two 4 x 4 images, a 2 x 2 sum at stride 2: the patches of a convolution whose sums can be read off.
        using GuardedBuffer images = GuardedBuffer.Input(32, seed: 1);
        using GuardedBuffer ones = GuardedBuffer.Input(4, seed: 2);
        using GuardedBuffer target = GuardedBuffer.Output(8);
        for (int i = 0; i < 32; i++)
        {
            images.Span[i] = i;
        }

        ones.Span.Fill(1);
        using PackedMatrix right = new(4, 1);
        right.Pack(ones.Data, 1);
        int* patches = stackalloc int[] { 0, 2, 8, 10 };
        int* pixels = stackalloc int[] { 0, 1, 2, 3 };
        Kernels.MultiplyRows(
            8,
            new RowLayout(images.Data, 16, patches, 4),
            new RowSegments(2, 2, 4),
            right,
            bias: null,
            float.NegativeInfinity,
            new RowLayout(target.Data, 4, pixels, 4));
        Assert.Equal([10f, 18, 42, 50, 74, 82, 106, 114], target.Span.ToArray());
        target.AssertMarginsUntouched();
    }

    [Fact]
    public void MultiplyRows_NotANumber_StaysNotANumber()
    {
        using GuardedBuffer left = GuardedBuffer.Input(2, seed: 1);
        using GuardedBuffer target = GuardedBuffer.Output(2 * 17);
        using GuardedBuffer weights = GuardedBuffer.Input(17, seed: 2);
        left.Span[0] = float.NaN;
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using PackedMatrix right = new(1, 17, width);
            right.Pack(weights.Data, 17);
            Kernels.MultiplyRows(2, new RowLayout(left.Data, 1), RowSegments.Contiguous(1), right, null, 0, new RowLayout(target.Data, 17));
            Assert.All(target.Span[..17].ToArray(), element => Assert.True(float.IsNaN(element)));
            Assert.All(target.Span[17..].ToArray(), element => Assert.False(float.IsNaN(element)));
        }
    }

    [Fact]
    public void MultiplyRows_RowLengthOfAnotherMatrix_ThrowsNamingBoth()
    {
        using PackedMatrix right = new(4, 2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Kernels.MultiplyRows(
            0, default, RowSegments.Contiguous(3), right, null, 0, default));
        Assert.Contains("3 elements, but the matrix takes 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MultiplyRows_Repeated_AllocatesNothing()
    {
        using GuardedBuffer left = GuardedBuffer.Input(50, seed: 1);
        using GuardedBuffer target = GuardedBuffer.Output(50);
        using PackedMatrix right = new(10, 10);
        void Multiply() => Kernels.MultiplyRows(
            5, new RowLayout(left.Data, 10), RowSegments.Contiguous(10), right, null, 0, new RowLayout(target.Data, 10));
        Multiply();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Multiply();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
