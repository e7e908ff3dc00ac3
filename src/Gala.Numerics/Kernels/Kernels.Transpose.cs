using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    private const int TransposeBlock = 4;
    private const int TransposeStrip = 16; // columns in a cache line, all of it used at once, and target rows that stay near

    /// <summary>Copies the transpose of a matrix: target(c, r) = source(r, c).</summary>
    /// <param name="source">Shape [rows, columns] at <paramref name="sourceStride"/> floats a row. Owned by the caller.</param>
    /// <param name="sourceStride">Floats from row to row of the source.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="target">Shape [columns, rows] at <paramref name="targetStride"/> floats a row. Owned by the caller.</param>
    /// <param name="targetStride">Floats from row to row of the target.</param>
    public static void Transpose(float* source, nint sourceStride, int rows, int columns, float* target, nint targetStride)
    {
        int wholeRows = Vector128.IsHardwareAccelerated ? rows / TransposeBlock * TransposeBlock : 0;
        int wholeColumns = Vector128.IsHardwareAccelerated ? columns / TransposeBlock * TransposeBlock : 0;
        for (int strip = 0; strip < wholeColumns; strip += TransposeStrip)
        {
            int stripEnd = Math.Min(strip + TransposeStrip, wholeColumns);
            for (int row = 0; row < wholeRows; row += TransposeBlock)
            {
                for (int column = strip; column < stripEnd; column += TransposeBlock)
                {
                    TransposeFourByFour(source + (row * sourceStride) + column, sourceStride, target + (column * targetStride) + row, targetStride);
                }
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourByFour(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector128<float> a = Vector128.Load(source);
        Vector128<float> b = Vector128.Load(source + sourceStride);
        Vector128<float> c = Vector128.Load(source + (2 * sourceStride));
        Vector128<float> d = Vector128.Load(source + (3 * sourceStride));
        (Vector128<float> low, Vector128<float> high) = (UnpackLow(a, c), UnpackHigh(a, c));
        (Vector128<float> nextLow, Vector128<float> nextHigh) = (UnpackLow(b, d), UnpackHigh(b, d));
        UnpackLow(low, nextLow).Store(target);
        UnpackHigh(low, nextLow).Store(target + targetStride);
        UnpackLow(high, nextHigh).Store(target + (2 * targetStride));
        UnpackHigh(high, nextHigh).Store(target + (3 * targetStride));
    }

    // a0 b0 a1 b1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    // a2 b2 a3 b3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
