namespace Gala.Numerics;

/// <summary>Where a tile lies between its two transforms: on the stack, at the start of a cache line.</summary>
internal static unsafe class WinogradScratch
{
    /// <summary>Floats to reserve: a vector for each place of the tile, and what <see cref="Align"/> leaves out.</summary>
    public const int Length = (WinogradTiles.MostPlanes * WidestVector) + WidestVector;

    private const int WidestVector = 16;
    private const int CacheLine = 64;

    /// <summary>The first address from <paramref name="memory"/> on that starts a cache line: vectors across two of them are slow.</summary>
    public static float* Align(float* memory) => (float*)(((nuint)memory + CacheLine - 1) & ~(nuint)(CacheLine - 1));
}
