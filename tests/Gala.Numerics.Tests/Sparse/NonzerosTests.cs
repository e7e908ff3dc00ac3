namespace Gala.Numerics.Tests.Sparse;

public sealed unsafe class NonzerosTests
{
    [Fact]
    public void Nonzeros_AnyLength_ListsThemInOrder()
    {
        System.Random random = new(1);
        foreach (int length in Enumerable.Range(0, 34).Append(400).Append(4_099))
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? random.NextSingle() - 0.5f : 0)];
            int[] expected = [.. Enumerable.Range(0, length).Where(i => values[i] != 0)];

            Assert.Equal(expected, List(values, expected.Length)!);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(40)]
    public void Nonzeros_OneMoreThanWanted_SaysSo(int length)
    {
        float[] values = [.. Enumerable.Repeat(1f, length)];

        Assert.Null(List(values, length - 1));
        Assert.Equal(length, List(values, length)!.Length);
    }

    [Fact]
    public void Nonzeros_NegativeZeroAndNaN_OnlyNaNCounts() => Assert.Equal([2], List([0, -0f, float.NaN], 2)!);

    private static int[]? List(float[] values, int most)
    {
        int[] indices = new int[most + Kernels.NonzerosMargin + 1];
        indices[^1] = 99;
        fixed (float* source = values)
        {
            fixed (int* target = indices)
            {
                int count = Kernels.Nonzeros(source, values.Length, target, most);
                Assert.Equal(99, indices[^1]);
                return count < 0 ? null : indices[..count];
            }
        }
    }
}
