using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The output side of minimal filtering: planes of products to outputs, and the outputs' gradients to planes.</summary>
/// <remarks>The weights' side is the same but for factors (<see cref="WinogradWeights{TOps, TVector, TPoints}"/>), so it uses these tiles too.</remarks>
internal static unsafe class WinogradOutputs<TOps, TVector, TPoints>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TPoints : struct, IWinogradPoints
{
    public static void Write(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* target)
    {
        float** outputs = stackalloc float*[WinogradTiles.MostPlanes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.LocateOutputs(tile, target, null, outputs);
            WriteTile(planes.Row(firstRow + tile), planes.Stride, tiles.Filters, tiles.OutputSide, bias, floor, outputs);
        }
    }

    public static void TransformGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow)
    {
        float** outputs = stackalloc float*[WinogradTiles.MostPlanes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.LocateOutputs(tile, gradients, tiles.Zeros, outputs);
            TransformTile(outputs, tiles.OutputSide, tiles.Filters, planes.Row(firstRow + tile), planes.Stride);
        }
    }

    /// <summary>Vᵀ m V + b, or added to what is there where b is null.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteTile(float* source, nint planeStride, int filters, int side, float* bias, float floor, float** outputs)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        nint line = TPoints.Side * TOps.Lanes;
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            for (nint x = 0; x < TPoints.Side; x++)
            {
                TPoints.Sum(new StridedLine(source + i + (x * planeStride), TPoints.Side * planeStride), side, scratch + (x * TOps.Lanes), line);
            }

            for (nint y = 0; y < side; y++)
            {
                float* values = scratch + (y * line);
                TPoints.Sum(new StridedLine(values, TOps.Lanes), side, values, TOps.Lanes);
                WriteLine(values, side, bias is null ? null : bias + i, floor, outputs + (y * side), i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLine(float* values, int side, float* start, float floor, float** outputs, nint offset)
    {
        for (nint x = 0; x < side; x++)
        {
            if (outputs[x] is not null)
            {
                float* output = outputs[x] + offset;
                TVector before = TOps.Load(start is null ? output : start);
                TOps.Store(TOps.Max(TOps.Add(TOps.Load(values + (x * TOps.Lanes)), before), floor), output);
            }
        }
    }

    /// <summary>V y Vᵀ.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTile(float** outputs, int side, int filters, float* target, nint planeStride)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        nint line = TPoints.Side * TOps.Lanes;
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            for (nint x = 0; x < side; x++)
            {
                TPoints.Evaluate(new ScatteredLine(outputs + x, side, i), side, scratch + (x * TOps.Lanes), line);
            }

            for (nint y = 0; y < TPoints.Side; y++)
            {
                TPoints.Evaluate(
                    new StridedLine(scratch + (y * line), TOps.Lanes), side, target + i + (y * TPoints.Side * planeStride), planeStride);
            }
        }
    }
}
