using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The input side of minimal filtering: an image's cells to planes, and planes of gradients back to the image.</summary>
internal static unsafe class WinogradInputs<TOps, TVector, TPoints>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TPoints : struct, IWinogradPoints
{
    public static void Transform(float* image, WinogradTiles tiles, WinogradPlanes planes, int firstRow, (int First, int Length) elements)
    {
        float** cells = stackalloc float*[WinogradTiles.MostPlanes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.LocateCells(tile, image, tiles.Zeros, cells);
            TransformTile(cells, elements.First, elements.Length, tiles.Run, tiles.RunStride, planes.Row(firstRow + tile), planes.Stride);
        }
    }

    public static void AddGradients(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* gradients)
    {
        float** cells = stackalloc float*[WinogradTiles.MostPlanes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.LocateCells(tile, gradients, null, cells);
            AddTile(planes.Row(firstRow + tile), planes.Stride, tiles.Stride, tiles.Run, tiles.RunStride, cells);
        }
    }

    /// <summary>Bᵀ d B.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformTile(float** cells, int first, int length, int run, nint runStride, float* target, nint planeStride)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        nint line = TPoints.Side * TOps.Lanes;
        target += first;
        (int row, nint start) = (first / run, first % run);
        for (; length > 0; row++)
        {
            nint end = Math.Min(run, start + length);
            for (nint i = start; i < end; i += TOps.Lanes)
            {
                for (nint x = 0; x < TPoints.Side; x++)
                {
                    TPoints.Interpolate(new ScatteredLine(cells + x, TPoints.Side, (row * runStride) + i), scratch + (x * TOps.Lanes), line);
                }

                for (nint y = 0; y < TPoints.Side; y++)
                {
                    TPoints.Interpolate(new StridedLine(scratch + (y * line), TOps.Lanes), target + (y * TPoints.Side * planeStride), planeStride);
                }

                target += TOps.Lanes;
            }

            length -= (int)(end - start);
            start = 0;
        }
    }

    /// <summary>B v Bᵀ, added to the tile's cells.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(float* source, nint planeStride, int runs, int run, nint runStride, float** cells)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        nint line = TPoints.Side * TOps.Lanes;
        for (int row = 0; row < runs; row++)
        {
            for (nint i = 0; i < run; i += TOps.Lanes)
            {
                for (nint x = 0; x < TPoints.Side; x++)
                {
                    TPoints.InterpolateBack(
                        new StridedLine(source + i + (x * planeStride), TPoints.Side * planeStride), scratch + (x * TOps.Lanes), line);
                }

                for (nint y = 0; y < TPoints.Side; y++)
                {
                    float* values = scratch + (y * line);
                    TPoints.InterpolateBack(new StridedLine(values, TOps.Lanes), values, TOps.Lanes);
                    AddLine(values, cells + (y * TPoints.Side), (row * runStride) + i);
                }
            }

            source += run;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLine(float* values, float** cells, nint offset)
    {
        for (nint x = 0; x < TPoints.Side; x++)
        {
            if (cells[x] is not null)
            {
                float* cell = cells[x] + offset;
                TOps.Store(TOps.Add(TOps.Load(cell), TOps.Load(values + (x * TOps.Lanes))), cell);
            }
        }
    }
}
