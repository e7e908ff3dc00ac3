using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The output side of minimal filtering: planes of products to outputs, and the outputs' gradients to planes.</summary>
/// <remarks>The weights' side is the same but for factors (<see cref="WinogradWeights{TOps, TVector}"/>), so it uses these tiles too.</remarks>
internal static unsafe class WinogradOutputs<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int Side = WinogradTiles.Side;

    public static void Write(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* target)
    {
        float** outputs = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Outputs(tile, target, null, outputs);
            WriteTile(planes.Row(firstRow + tile), planes.Stride, tiles.Filters, tiles.OutputSide, bias, floor, outputs);
        }
    }

    public static void TransformGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow)
    {
        float** outputs = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Outputs(tile, gradients, tiles.Zeros, outputs);
            TransformTile(outputs, tiles.OutputSide, tiles.Filters, planes.Row(firstRow + tile), planes.Stride);
        }
    }

    /// <summary>Vᵀ m V + b, or added to what is there where b is null.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteTile(float* source, nint planeStride, int filters, int side, float* bias, float floor, float** outputs)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            for (nint x = 0; x < Side; x++)
            {
                float* column = source + i + (x * planeStride);
                WinogradLines<TOps, TVector>.Sum(
                    TOps.Load(column),
                    TOps.Load(column + (Side * planeStride)),
                    TOps.Load(column + (2 * Side * planeStride)),
                    TOps.Load(column + (3 * Side * planeStride)),
                    TOps.Load(column + (4 * Side * planeStride)),
                    TOps.Load(column + (5 * Side * planeStride)),
                    side,
                    scratch + (x * TOps.Lanes),
                    Side * TOps.Lanes);
            }

            float** places = outputs;
            for (nint y = 0; y < side; y++, places += side)
            {
                float* line = scratch + (y * Side * TOps.Lanes);
                WinogradLines<TOps, TVector>.Sum(
                    TOps.Load(line),
                    TOps.Load(line + TOps.Lanes),
                    TOps.Load(line + (2 * TOps.Lanes)),
                    TOps.Load(line + (3 * TOps.Lanes)),
                    TOps.Load(line + (4 * TOps.Lanes)),
                    TOps.Load(line + (5 * TOps.Lanes)),
                    side,
                    line,
                    TOps.Lanes);
                WriteLine(line, side, bias is null ? null : bias + i, floor, places, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLine(float* line, int side, float* start, float floor, float** outputs, nint offset)
    {
        for (nint x = 0; x < side; x++)
        {
            if (outputs[x] is not null)
            {
                float* output = outputs[x] + offset;
                TVector before = TOps.Load(start is null ? output : start);
                TOps.Store(TOps.Max(TOps.Add(TOps.Load(line + (x * TOps.Lanes)), before), floor), output);
            }
        }
    }

    /// <summary>V y Vᵀ.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTile(float** outputs, int side, int filters, float* target, nint planeStride)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            float** column = outputs;
            for (nint x = 0; x < side; x++, column++)
            {
                WinogradLines<TOps, TVector>.Evaluate(
                    TOps.Load(column[0] + i),
                    TOps.Load(column[side] + i),
                    side > 2 ? TOps.Load(column[2 * side] + i) : default,
                    side > 3 ? TOps.Load(column[3 * side] + i) : default,
                    side > 4 ? TOps.Load(column[4 * side] + i) : default,
                    TOps.Load(column[(side - 1) * side] + i),
                    scratch + (x * TOps.Lanes),
                    Side * TOps.Lanes);
            }

            for (nint y = 0; y < Side; y++)
            {
                float* line = scratch + (y * Side * TOps.Lanes);
                WinogradLines<TOps, TVector>.Evaluate(
                    TOps.Load(line),
                    TOps.Load(line + TOps.Lanes),
                    side > 2 ? TOps.Load(line + (2 * TOps.Lanes)) : default,
                    side > 3 ? TOps.Load(line + (3 * TOps.Lanes)) : default,
                    side > 4 ? TOps.Load(line + (4 * TOps.Lanes)) : default,
                    TOps.Load(line + ((side - 1) * TOps.Lanes)),
                    target + i + (y * Side * planeStride),
                    planeStride);
            }
        }
    }
}
