namespace Gala.Numerics.Tests.Sparse;

public sealed unsafe class MultiplyListedTests
{
    [Theory]
    [InlineData(37, 128, 9, 20)]
    [InlineData(16, 7, 7, 16)]
    [InlineData(5, 33, 0, 3)]
    [InlineData(5, 33, 4, 0)]
    public void MultiplyListed_FewTermsAndOutputs_HasTheBitsOfThePlainProductWhereWanted(int rows, int columns, int terms, int wanted)
    {
        System.Random random = new(5);
        int[] nonzeros = Choose(random, columns, terms);
        int[] outputs = Choose(random, rows, wanted);
        using GuardedBuffer left = GuardedBuffer.Input(columns, seed: 1);
        using GuardedBuffer weights = GuardedBuffer.Input(rows * columns, seed: 2);
        for (int k = 0; k < columns; k++)
        {
            left.Span[k] = nonzeros.Contains(k) ? left.Span[k] : 0;
        }

        using PackedMatrix transposed = new(columns, rows);
        transposed.PackTransposed(weights.Data, columns);
        using GuardedBuffer plain = GuardedBuffer.Output(rows);
        Kernels.MultiplyRows(
            1,
            new RowLayout(left.Data, columns),
            RowSegments.Contiguous(columns),
            transposed,
            bias: null,
            float.NegativeInfinity,
            new RowLayout(plain.Data, rows));

        using GuardedBuffer actual = GuardedBuffer.Output(rows);
        actual.Span.Fill(7);
        Kernels.MultiplyListed(left.Data, nonzeros, weights.Data, columns, outputs, actual.Data);
        actual.AssertMarginsUntouched();
        for (int j = 0; j < rows; j++)
        {
            Assert.Equal(outputs.Contains(j) ? plain.Span[j] : 7, actual.Span[j]);
        }
    }

    private static int[] Choose(System.Random random, int length, int count)
    {
        int[] all = [.. Enumerable.Range(0, length)];
        random.Shuffle(all);
        return [.. all.Take(count).Order()];
    }
}
