namespace Gala.Benchmarks;

/// <summary>Values to work on, the same in every run.</summary>
internal static class Drawn
{
    /// <summary>Uniform in [−½, ½).</summary>
    public static float[] Centred(int length, int seed)
    {
        float[] values = new float[length];
        FillCentred(values, new Random(seed));
        return values;
    }

    public static void FillCentred(Span<float> target, Random random)
    {
        foreach (ref float element in target)
        {
            element = random.NextSingle() - 0.5f;
        }
    }

    /// <summary>Ones with the given probability, else zeros: boards of games at 0.05, features behind a rectifier at 0.1.</summary>
    public static void FillSparse(Span<float> target, double share, Random random)
    {
        foreach (ref float element in target)
        {
            element = random.NextDouble() < share ? 1 : 0;
        }
    }

    /// <summary>Indices of the elements that are not zero.</summary>
    public static int[] Nonzeros(ReadOnlySpan<float> values)
    {
        List<int> indices = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                indices.Add(i);
            }
        }

        return [.. indices];
    }
}
