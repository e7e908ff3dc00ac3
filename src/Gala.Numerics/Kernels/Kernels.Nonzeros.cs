using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Lists the indices of the elements that are not zero, in increasing order, if they are few.</summary>
    /// <param name="values">Shape [n].</param>
    /// <param name="indices">Written from the start; its length is the most that is wanted.</param>
    /// <returns>How many there are; −1 if there are more than <paramref name="indices"/> holds.</returns>
    /// <remarks>Allocates nothing. NaN is not zero.</remarks>
    public static int Nonzeros(ReadOnlySpan<float> values, Span<int> indices)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        int count = 0;
        int whole = Lanes.Whole(values.Length);
        for (int start = 0; start < whole; start += Lanes.Count)
        {
            Vector512<float> lanes = Vector512.LoadUnsafe(ref source, (nuint)start);
            ulong found = ~Vector512.Equals(lanes, Vector512<float>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            if (count + BitOperations.PopCount(found) > indices.Length)
            {
                return -1;
            }

            for (; found != 0; found &= found - 1)
            {
                indices[count++] = start + BitOperations.TrailingZeroCount(found);
            }
        }

        for (int i = whole; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                if (count == indices.Length)
                {
                    return -1;
                }

                indices[count++] = i;
            }
        }

        return count;
    }
}
