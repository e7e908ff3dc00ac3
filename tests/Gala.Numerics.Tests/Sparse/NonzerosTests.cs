namespace Gala.Numerics.Tests.Sparse;

public sealed class NonzerosTests
{
    [Fact]
    public void Nonzeros_AnyLength_ListsThemInOrder()
    {
        Random random = new(1);
        foreach (int length in Enumerable.Range(0, 34).Append(400).Append(4_099))
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? random.NextSingle() - 0.5f : 0)];
            int[] expected = [.. Enumerable.Range(0, length).Where(i => values[i] != 0)];
            int[] indices = new int[expected.Length];

            Assert.Equal(expected.Length, Kernels.Nonzeros(values, indices));
            Assert.Equal(expected, indices);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(40)]
    public void Nonzeros_OneMoreThanWanted_SaysSo(int length)
    {
        float[] values = [.. Enumerable.Repeat(1f, length)];

        Assert.Equal(-1, Kernels.Nonzeros(values, new int[length - 1]));
        Assert.Equal(length, Kernels.Nonzeros(values, new int[length]));
    }

    [Fact]
    public void Nonzeros_NegativeZeroAndNaN_OnlyNaNCounts()
    {
        int[] indices = new int[2];

        Assert.Equal(1, Kernels.Nonzeros([0, -0f, float.NaN], indices));
        Assert.Equal(2, indices[0]);
    }
}
