namespace Gala.Numerics.Tests;

/// <summary>Plain loops for what kernels promise, written from their documentation: the order of additions is part of it.</summary>
internal static class Reference
{
    /// <summary>Terms added in floats by index modulo <paramref name="chains"/> inside blocks of 4,096, then as documented.</summary>
    public static double Sum(float[] squares, float[] roots, int chains)
    {
        int whole = squares.Length / chains * chains;
        double sum = 0;
        for (int start = 0; start < whole; start += 4096)
        {
            float[] chain = new float[chains];
            for (int i = start; i < Math.Min(start + 4096, whole); i++)
            {
                chain[(i - start) % chains] += squares[i];
            }

            sum += Tree(chain);
        }

        for (int i = whole; i < squares.Length; i++)
        {
            sum += (double)roots[i] * roots[i];
        }

        return sum;
    }

    public static float[] Squares(float[] roots) => [.. roots.Select(root => root * root)];

    private static double Tree(float[] chain)
    {
        float[] sixteen = chain.Length == 16
            ? chain
            : [.. Enumerable.Range(0, 16).Select(j => (chain[j] + chain[j + 16]) + (chain[j + 32] + chain[j + 48]))];
        double[] level = [.. sixteen.Select(lane => (double)lane)];
        for (int width = 8; width > 0; width /= 2)
        {
            for (int j = 0; j < width; j++)
            {
                level[j] += level[j + width];
            }
        }

        return level[0];
    }
}
