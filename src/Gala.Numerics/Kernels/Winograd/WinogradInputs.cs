using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The input side of minimal filtering: an image's cells to planes, and planes of gradients back to the image.</summary>
internal static unsafe class WinogradInputs<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
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

    /// <summary>Bᵀ d B, with (Bᵀ d) = (d₀ − d₂, d₁ + d₂, d₂ − d₁, d₃ − d₁).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformTile(float** cells, int first, int length, int run, nint runStride, float* target, nint planeStride)
    {
        target += first;
        (int row, nint start) = (first / run, first % run);
        for (; length > 0; row++)
        {
            nint end = Math.Min(run, start + length);
            for (nint i = start; i < end; i += TOps.Lanes)
            {
                nint offset = (row * runStride) + i;
                Line<TVector> line0 = LineOps<TOps, TVector>.Load(cells, offset);
                Line<TVector> line1 = LineOps<TOps, TVector>.Load(cells + 4, offset);
                Line<TVector> line2 = LineOps<TOps, TVector>.Load(cells + 8, offset);
                Line<TVector> line3 = LineOps<TOps, TVector>.Load(cells + 12, offset);
                LineOps<TOps, TVector>.Store(Across(LineOps<TOps, TVector>.Subtract(line0, line2)), target, planeStride);
                LineOps<TOps, TVector>.Store(Across(LineOps<TOps, TVector>.Add(line1, line2)), target + (4 * planeStride), planeStride);
                LineOps<TOps, TVector>.Store(Across(LineOps<TOps, TVector>.Subtract(line2, line1)), target + (8 * planeStride), planeStride);
                LineOps<TOps, TVector>.Store(Across(LineOps<TOps, TVector>.Subtract(line3, line1)), target + (12 * planeStride), planeStride);
                target += TOps.Lanes;
            }

            length -= (int)(end - start);
            start = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line<TVector> Across(Line<TVector> line) =>
        new(TOps.Subtract(line.First, line.Third),
            TOps.Add(line.Second, line.Third),
            TOps.Subtract(line.Third, line.Second),
            TOps.Subtract(line.Fourth, line.Second));

    /// <summary>B v Bᵀ, added to the tile's cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(float* source, nint planeStride, int runs, int run, nint runStride, float** cells)
    {
        for (int row = 0; row < runs; row++)
        {
            for (nint i = 0; i < run; i += TOps.Lanes)
            {
                nint offset = (row * runStride) + i;
                float* place = source + i;
                Line<TVector> line0 = LineOps<TOps, TVector>.Load(place, planeStride);
                Line<TVector> line1 = LineOps<TOps, TVector>.Load(place + (4 * planeStride), planeStride);
                Line<TVector> line2 = LineOps<TOps, TVector>.Load(place + (8 * planeStride), planeStride);
                Line<TVector> line3 = LineOps<TOps, TVector>.Load(place + (12 * planeStride), planeStride);
                AddLine(line0, cells, offset);
                AddLine(LineOps<TOps, TVector>.Subtract(LineOps<TOps, TVector>.Subtract(line1, line2), line3), cells + 4, offset);
                AddLine(LineOps<TOps, TVector>.Subtract(LineOps<TOps, TVector>.Add(line1, line2), line0), cells + 8, offset);
                AddLine(line3, cells + 12, offset);
            }

            source += run;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLine(Line<TVector> line, float** cells, nint offset)
    {
        AddVector(line.First, cells[0], offset);
        AddVector(TOps.Subtract(TOps.Subtract(line.Second, line.Third), line.Fourth), cells[1], offset);
        AddVector(TOps.Subtract(TOps.Add(line.Second, line.Third), line.First), cells[2], offset);
        AddVector(line.Fourth, cells[3], offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddVector(TVector vector, float* cell, nint offset)
    {
        if (cell is not null)
        {
            TOps.Store(TOps.Add(TOps.Load(cell + offset), vector), cell + offset);
        }
    }
}
