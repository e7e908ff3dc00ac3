namespace Gala.Gossip.Tests;

/// <summary>Messages that nobody may mix.</summary>
internal static class Poison
{
    /// <summary>Elements that no message may hold; the last two would overflow in a sum of several messages of their kind.</summary>
    public static readonly float[] Elements =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0xFF80_0001), 1e38f, -18_446_744_073_709_551_616f];

    /// <summary>A vector with one such element, for every length up to 130, at its first, middle and last place.</summary>
    public static IEnumerable<float[]> Vectors()
    {
        for (int length = 1; length <= 130; length++)
        {
            foreach (int place in (int[])[0, length / 2, length - 1])
            {
                foreach (float element in Elements)
                {
                    yield return At(place, element, length);
                }
            }
        }
    }

    /// <summary>A vector of ones with that element.</summary>
    public static float[] At(int place, float element, int length)
    {
        float[] vector = [.. Enumerable.Repeat(1f, length)];
        vector[place] = element;
        return vector;
    }

    /// <summary>Numbers whose bits are to stay as they are.</summary>
    public static float[] Healthy(int length) => [.. Enumerable.Range(0, length).Select(i => i % 5 == 0 ? -0f : 1f / (i + 3))];

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(actual)));
}
