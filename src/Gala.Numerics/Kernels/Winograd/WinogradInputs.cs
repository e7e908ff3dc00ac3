using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The input side of minimal filtering: an image's cells to planes, and planes of gradients back to the image.</summary>
internal static unsafe class WinogradInputs<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int Side = WinogradTiles.Side;

    public static void Transform(float* image, WinogradTiles tiles, WinogradPlanes planes, int firstRow, (int First, int Length) elements)
    {
        float** cells = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Cells(tile, image, tiles.Zeros, cells);
            TransformTile(cells, elements.First, elements.Length, tiles.Run, tiles.RunStride, planes.Row(firstRow + tile), planes.Stride);
        }
    }

    public static void AddGradients(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* gradients)
    {
        float** cells = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Cells(tile, gradients, null, cells);
            AddTile(planes.Row(firstRow + tile), planes.Stride, tiles.Stride, tiles.Run, tiles.RunStride, cells);
        }
    }

    /// <summary>Bᵀ d B.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformTile(float** cells, int first, int length, int run, nint runStride, float* target, nint planeStride)
    {
        float* memory = stackalloc float[WinogradScratch.Length];
        float* scratch = WinogradScratch.Align(memory);
        target += first;
        (int row, nint start) = (first / run, first % run);
        for (; length > 0; row++)
        {
            nint end = Math.Min(run, start + length);
            for (nint i = start; i < end; i += TOps.Lanes)
            {
                float** column = cells;
                nint offset = (row * runStride) + i;
                for (nint x = 0; x < Side; x++, column++)
                {
                    WinogradLines<TOps, TVector>.Interpolate(
                        TOps.Load(column[0] + offset),
                        TOps.Load(column[Side] + offset),
                        TOps.Load(column[2 * Side] + offset),
                        TOps.Load(column[3 * Side] + offset),
                        TOps.Load(column[4 * Side] + offset),
                        TOps.Load(column[5 * Side] + offset),
                        scratch + (x * TOps.Lanes),
                        Side * TOps.Lanes);
                }

                for (nint y = 0; y < Side; y++)
                {
                    float* line = scratch + (y * Side * TOps.Lanes);
                    WinogradLines<TOps, TVector>.Interpolate(
                        TOps.Load(line),
                        TOps.Load(line + TOps.Lanes),
                        TOps.Load(line + (2 * TOps.Lanes)),
                        TOps.Load(line + (3 * TOps.Lanes)),
                        TOps.Load(line + (4 * TOps.Lanes)),
                        TOps.Load(line + (5 * TOps.Lanes)),
                        target + (y * Side * planeStride),
                        planeStride);
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
        for (int row = 0; row < runs; row++)
        {
            for (nint i = 0; i < run; i += TOps.Lanes)
            {
                for (nint x = 0; x < Side; x++)
                {
                    float* column = source + i + (x * planeStride);
                    WinogradLines<TOps, TVector>.InterpolateBack(
                        TOps.Load(column),
                        TOps.Load(column + (Side * planeStride)),
                        TOps.Load(column + (2 * Side * planeStride)),
                        TOps.Load(column + (3 * Side * planeStride)),
                        TOps.Load(column + (4 * Side * planeStride)),
                        TOps.Load(column + (5 * Side * planeStride)),
                        scratch + (x * TOps.Lanes),
                        Side * TOps.Lanes);
                }

                float** places = cells;
                for (nint y = 0; y < Side; y++, places += Side)
                {
                    float* line = scratch + (y * Side * TOps.Lanes);
                    WinogradLines<TOps, TVector>.InterpolateBack(
                        TOps.Load(line),
                        TOps.Load(line + TOps.Lanes),
                        TOps.Load(line + (2 * TOps.Lanes)),
                        TOps.Load(line + (3 * TOps.Lanes)),
                        TOps.Load(line + (4 * TOps.Lanes)),
                        TOps.Load(line + (5 * TOps.Lanes)),
                        line,
                        TOps.Lanes);
                    AddLine(line, places, (row * runStride) + i);
                }
            }

            source += run;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLine(float* line, float** cells, nint offset)
    {
        for (nint x = 0; x < Side; x++)
        {
            if (cells[x] is not null)
            {
                float* cell = cells[x] + offset;
                TOps.Store(TOps.Add(TOps.Load(cell), TOps.Load(line + (x * TOps.Lanes))), cell);
            }
        }
    }
}
