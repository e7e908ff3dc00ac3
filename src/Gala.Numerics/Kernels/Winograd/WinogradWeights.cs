namespace Gala.Numerics;

/// <summary>The weights' side of minimal filtering: a kernel to a matrix for each plane, and the gradients of those back to the kernel's.</summary>
/// <remarks>D V g Vᵀ D, where V evaluates as for the gradients of outputs, and D holds the factors of the interpolation.</remarks>
internal static unsafe class WinogradWeights<TOps, TVector, TPoints>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TPoints : struct, IWinogradPoints
{
    public static void Transform(float* weights, WinogradTiles tiles, WinogradPlanes planes)
    {
        float** places = stackalloc float*[WinogradTiles.MostPlanes];
        for (int row = 0; row < tiles.CellLength; row++)
        {
            Locate(tiles, row, weights, places);
            WinogradOutputs<TOps, TVector, TPoints>.TransformTile(places, tiles.KernelCells, tiles.Filters, planes.Row(row), planes.Stride);
        }

        Scale(planes, 0, tiles.CellLength);
    }

    public static void MoveGradients(WinogradPlanes planes, WinogradTiles tiles, float* weightGradients, (int First, int Length) rows)
    {
        Scale(planes, rows.First, rows.Length);
        float** places = stackalloc float*[WinogradTiles.MostPlanes];
        for (int row = rows.First; row < rows.First + rows.Length; row++)
        {
            Locate(tiles, row, weightGradients, places);
            WinogradOutputs<TOps, TVector, TPoints>.WriteTile(
                planes.Row(row), planes.Stride, tiles.Filters, tiles.KernelCells, bias: null, float.NegativeInfinity, places);
        }

        for (int plane = 0; plane < tiles.Planes; plane++)
        {
            planes.RowSpan(plane, rows.First, rows.Length).Clear();
        }
    }

    /// <summary>Where the weights of element <paramref name="row"/> of a cell lie, for each of the kernel's cells.</summary>
    private static void Locate(WinogradTiles tiles, int row, float* weights, float** places)
    {
        (int pixelRow, int element) = (row / tiles.Run, row % tiles.Run);
        int channels = tiles.Run / tiles.Stride;
        for (int i = 0; i < tiles.KernelCells * tiles.KernelCells; i++)
        {
            int y = (i / tiles.KernelCells * tiles.Stride) + pixelRow;
            int x = i % tiles.KernelCells * tiles.Stride;
            places[i] = weights + ((((nint)((y * tiles.Kernel) + x) * channels) + element) * tiles.Filters);
        }
    }

    private static void Scale(WinogradPlanes planes, int firstRow, int rows)
    {
        for (int plane = 0; plane < planes.Count; plane++)
        {
            Kernels.Scale(planes.RowSpan(plane, firstRow, rows), TPoints.Factor(plane / TPoints.Side) * TPoints.Factor(plane % TPoints.Side));
        }
    }
}
