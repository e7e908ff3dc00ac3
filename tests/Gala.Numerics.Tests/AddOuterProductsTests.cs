namespace Gala.Numerics.Tests;

public unsafe class AddOuterProductsTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = [];
            foreach (int right in Enumerable.Range(1, 33).Concat([48, 49, 64, 65, 96, 128]))
            {
                shapes.Add(3, 13, right);
            }

            for (int left = 0; left <= 20; left++)
            {
                shapes.Add(4, left, 50);
            }

            shapes.Add(0, 9, 20); // no rows: the target stays
            shapes.Add(80, 100, 128);
            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddOuterProducts_AnyShapeAndWidth_EqualsTheSameChainOfFusedMultiplyAdds(int rows, int leftColumns, int rightColumns)
    {
        (int leftStride, int rightStride) = (leftColumns + 1, rightColumns + 2);
        using GuardedBuffer left = GuardedBuffer.Input(rows * leftStride, seed: 1);
        using GuardedBuffer right = GuardedBuffer.Input(rows * rightStride, seed: 2);
        using AlignedBuffer<int> leftOffsets = Offsets(rows, leftStride);
        using AlignedBuffer<int> rightOffsets = Offsets(rows, rightStride);
        float[] expected = new float[leftColumns * rightColumns];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = i;
            for (int k = 0; k < rows; k++)
            {
                expected[i] = Kernels.MultiplyAdd(
                    right.Span[rightOffsets.Span[k] + (i % rightColumns)], left.Span[leftOffsets.Span[k] + (i / rightColumns)], expected[i]);
            }
        }

        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using GuardedBuffer target = GuardedBuffer.Output(expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                target.Span[i] = i;
            }

            Kernels.AddOuterProducts(
                rows, left.Data, leftOffsets.Data, leftColumns, right.Data, rightOffsets.Data, rightColumns, target.Data, width);
            target.AssertMarginsUntouched();
            Assert.Equal(expected, target.Span.ToArray());
        }
    }

    // Backwards, so that a kernel that ignores the table is found out.
    private static AlignedBuffer<int> Offsets(int rows, int stride)
    {
        AlignedBuffer<int> offsets = new(rows);
        for (int i = 0; i < rows; i++)
        {
            offsets.Span[i] = (rows - 1 - i) * stride;
        }

        return offsets;
    }
}
