using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>Indices that <see cref="Nonzeros"/> may write beyond the most that is wanted.</summary>
    public const int NonzerosMargin = 16;

    /// <summary>Lists the indices of the elements that are not zero, in increasing order, if they are few.</summary>
    /// <param name="values">Shape [n]. Owned by the caller.</param>
    /// <param name="length">n.</param>
    /// <param name="indices">Written from the start; has room for <paramref name="most"/> and <see cref="NonzerosMargin"/> more. Owned by the caller.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <returns>How many there are; −1 if there are more than wanted.</returns>
    /// <remarks>Allocates nothing. NaN is not zero.</remarks>
    public static int Nonzeros(float* values, int length, int* indices, int most)
    {
        int whole = Lanes.Whole(length);
        int count = Avx512F.IsSupported ? CompressNonzeros(values, whole, indices, most) : ListNonzeros(values, whole, indices, most);
        for (int i = whole; i < length && count >= 0; i++)
        {
            if (values[i] != 0)
            {
                count = count == most ? -1 : count + 1;
                indices[Math.Max(count - 1, 0)] = i;
            }
        }

        return count;
    }

    // Without a branch on what is found: every second vector of a sparse row has something, which no predictor can guess.
    private static int CompressNonzeros(float* values, int length, int* indices, int most)
    {
        Vector512<int> places = Vector512<int>.Indices;
        int count = 0;
        for (nint start = 0; start < length; start += Vector512<int>.Count)
        {
            Vector512<float> found = ~Vector512.Equals(Vector512.Load(values + start), Vector512<float>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, found.AsInt32(), places).Store(indices + count);
            count += BitOperations.PopCount(found.ExtractMostSignificantBits());
            if (count > most)
            {
                return -1;
            }

            places += Vector512.Create(Vector512<int>.Count);
        }

        return count;
    }

    private static int ListNonzeros(float* values, int length, int* indices, int most)
    {
        int count = 0;
        for (int start = 0; start < length; start += Lanes.Count)
        {
            ulong found = ~Vector512.Equals(Vector512.Load(values + start), Vector512<float>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            if (count + BitOperations.PopCount(found) > most)
            {
                return -1;
            }

            for (; found != 0; found &= found - 1)
            {
                indices[count++] = start + BitOperations.TrailingZeroCount(found);
            }
        }

        return count;
    }
}
