namespace Gala.Numerics.Tests.Sparse;

public sealed unsafe class SparseRowTests
{
    /// <summary>Inputs, outputs, nonzeros.</summary>
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> shapes = [];
            for (int outputs = 1; outputs <= 50; outputs++)
            {
                shapes.Add(9, outputs, 4); // every tail of columns
            }

            shapes.Add(1_024, 128, 70);
            shapes.Add(128, 1_024, 13);
            shapes.Add(40, 33, 0);
            shapes.Add(40, 33, 40);
            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void MultiplySparseRow_AnyShapeAndWidth_HasTheBitsOfThePlainProduct(int inputs, int outputs, int count)
    {
        using GuardedBuffer left = Sparse(inputs, count, out int[] nonzeros);
        using GuardedBuffer weights = GuardedBuffer.Input(inputs * outputs, seed: 2);
        using GuardedBuffer bias = GuardedBuffer.Input(outputs, seed: 3);
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using PackedMatrix right = new(inputs, outputs, width);
            right.Pack(weights.Data, outputs);
            foreach (bool hasBias in (bool[])[true, false])
            {
                float* start = hasBias ? bias.Data : null;
                using GuardedBuffer expected = GuardedBuffer.Output(outputs);
                using GuardedBuffer actual = GuardedBuffer.Output(outputs);
                RowLayout row = new(left.Data, inputs);
                Kernels.MultiplyRows(1, row, RowSegments.Contiguous(inputs), right, start, -0.1f, new RowLayout(expected.Data, outputs));
                Kernels.MultiplySparseRow(left.Data, nonzeros, weights.Data, outputs, start, -0.1f, actual.Data, width);
                actual.AssertMarginsUntouched();
                Assert.Equal(expected.Span, actual.Span);
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddSparseOuterProduct_AnyShapeAndWidth_HasTheBitsOfThePlainProduct(int inputs, int outputs, int count)
    {
        using GuardedBuffer left = Sparse(inputs, count, out int[] nonzeros);
        using GuardedBuffer right = GuardedBuffer.Input(outputs, seed: 4);
        using AlignedBuffer<int> offsets = new(1);
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using GuardedBuffer expected = Target(inputs * outputs);
            using GuardedBuffer actual = Target(inputs * outputs);
            Kernels.AddOuterProducts(1, left.Data, offsets.Data, inputs, right.Data, offsets.Data, outputs, expected.Data, width);
            Kernels.AddSparseOuterProduct(left.Data, nonzeros, right.Data, outputs, actual.Data, width);
            actual.AssertMarginsUntouched();
            Assert.Equal(expected.Span, actual.Span);
        }
    }

    private static GuardedBuffer Sparse(int length, int count, out int[] nonzeros)
    {
        int[] places = [.. Enumerable.Range(0, length)];
        new Random(1).Shuffle(places);
        nonzeros = [.. places.Take(count).Order()];
        GuardedBuffer buffer = GuardedBuffer.Input(length, seed: 1);
        foreach (int place in places.Skip(count))
        {
            buffer.Span[place] = 0;
        }

        return buffer;
    }

    private static GuardedBuffer Target(int length)
    {
        GuardedBuffer buffer = GuardedBuffer.Output(length);
        buffer.Span.Fill(0.5f);
        return buffer;
    }
}
