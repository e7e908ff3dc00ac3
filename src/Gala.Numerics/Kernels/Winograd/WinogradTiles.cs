using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gala.Numerics;

/// <summary>How a convolution is cut into tiles for minimal filtering: a tile of 6 × 6 cells of the input gives 5 × 5 or 4 × 4 outputs, one of
/// 4 × 4 cells 3 × 3 or 2 × 2.</summary>
/// <remarks>
/// <para>A cell is stride × stride input pixels, so that a kernel of twice or three times its stride is one of 2 × 2 or 3 × 3 cells that
/// moves by one. Transformed, a tile needs a product with weights for each of its cells: 36 instead of 100 or 144, 16 instead of 36.</para>
/// <para>Source: Lavin and Gray 2016, arXiv 1509.09308. See <see cref="WinogradTransforms"/>.</para>
/// </remarks>
public sealed unsafe class WinogradTiles
{
    internal const int MostPlanes = LargeSide * LargeSide;

    private const int SmallSide = 4;
    private const int LargeSide = 6;
    private const int Missing = -1;
    private const int WidestVector = 16;

    private readonly int[] _cells;
    private readonly int[] _outputs;
    private readonly float[] _zeros;

    /// <summary>Tiles of one image, of the size that suits it.</summary>
    /// <param name="input">Shape of an image, channels last.</param>
    /// <param name="kernel">Height and width of the kernel, in pixels.</param>
    /// <param name="stride">Input pixels between output pixels.</param>
    /// <param name="filters">Channels of the output.</param>
    /// <exception cref="ArgumentException">See <see cref="Fit"/>.</exception>
    public WinogradTiles(TensorShape input, int kernel, int stride, int filters)
    {
        if (!Fit(input, kernel, stride, filters))
        {
            throw new ArgumentException($"A {kernel}x{kernel} convolution of stride {stride} on {input} with {filters} filters has no such tiles.", nameof(kernel));
        }

        (Kernel, Stride, Filters, KernelCells) = (kernel, stride, filters, kernel / stride);
        Run = stride * input.Channels;
        RunStride = input.Width * input.Channels;
        (int height, int width) = (((input.Height - kernel) / stride) + 1, ((input.Width - kernel) / stride) + 1);
        Side = SideFor(height, width, KernelCells);
        Planes = Side * Side;
        (int down, int across) = TilesOf(height, width, OutputSide);
        (Count, Outputs) = (down * across, height * width);
        _cells = new int[Count * Planes];
        _outputs = new int[Count * OutputSide * OutputSide];
        _zeros = GC.AllocateArray<float>(Math.Max(((stride - 1) * RunStride) + Run, filters), pinned: true);
        for (int tile = 0; tile < Count; tile++)
        {
            (int top, int left) = (tile / across * OutputSide, tile % across * OutputSide);
            Place(top, left, Side, height + KernelCells - 1, width + KernelCells - 1, stride * RunStride, Run, _cells.AsSpan(tile * Planes));
            Place(top, left, OutputSide, height, width, width * filters, filters, _outputs.AsSpan(tile * OutputSide * OutputSide));
        }
    }

    /// <summary>Number of tiles.</summary>
    public int Count { get; }

    /// <summary>Products of a tile, and so planes of transformed values.</summary>
    public int Planes { get; }

    /// <summary>Floats of a cell, stride² × channels: the length of a product's sum.</summary>
    public int CellLength => Stride * Run;

    /// <summary>Channels of the output.</summary>
    public int Filters { get; }

    /// <summary>How many times as many products the plain way needs.</summary>
    public double Saving => (double)Outputs * KernelCells * KernelCells / (Count * Planes);

    /// <summary>Height and width of a tile, in cells: 6 or 4.</summary>
    internal int Side { get; }

    /// <summary>Height and width of the kernel, in pixels.</summary>
    internal int Kernel { get; }

    /// <summary>Height and width of a cell, in pixels.</summary>
    internal int Stride { get; }

    /// <summary>Height and width of the kernel, in cells: 2 or 3.</summary>
    internal int KernelCells { get; }

    /// <summary>Height and width of a tile's outputs, in pixels.</summary>
    internal int OutputSide => Side + 1 - KernelCells;

    /// <summary>Contiguous floats of a cell: one of its rows of pixels.</summary>
    internal int Run { get; }

    /// <summary>Floats from one row of pixels to the next.</summary>
    internal int RunStride { get; }

    /// <summary>Zeros enough for a cell, or for the outputs of a pixel, that lies beyond the image.</summary>
    internal float* Zeros => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_zeros)); // pinned

    private int Outputs { get; }

    /// <summary>Whether a convolution can be cut like this: kernel two or three strides long, and whole vectors of channels.</summary>
    public static bool Fit(TensorShape input, int kernel, int stride, int filters) =>
        (kernel == 2 * stride || kernel == 3 * stride) && stride * input.Channels % WidestVector == 0 && filters % WidestVector == 0;

    /// <summary>A share's stretch of a cell's elements, in whole vectors.</summary>
    public (int First, int Length) Elements(Share share) => share.Of(CellLength, WidestVector);

    /// <summary>Where a tile's cells start.</summary>
    internal void LocateCells(int tile, float* image, float* beyond, float** cells) =>
        Locate(_cells.AsSpan(tile * Planes, Planes), image, beyond, cells);

    /// <summary>Where a tile's outputs start.</summary>
    internal void LocateOutputs(int tile, float* image, float* beyond, float** outputs) =>
        Locate(_outputs.AsSpan(tile * OutputSide * OutputSide, OutputSide * OutputSide), image, beyond, outputs);

    /// <summary>Large tiles have fewer products, but more planes of weights and dearer transforms.</summary>
    private static int SideFor(int height, int width, int kernelCells)
    {
        const double Worthwhile = 1.15; // measured: where both have as many products, small tiles are some 10% faster
        return Products(SmallSide) >= Worthwhile * Products(LargeSide) ? LargeSide : SmallSide;

        int Products(int side)
        {
            (int down, int across) = TilesOf(height, width, side + 1 - kernelCells);
            return down * across * side * side;
        }
    }

    private static (int Down, int Across) TilesOf(int height, int width, int outputSide) =>
        ((height + outputSide - 1) / outputSide, (width + outputSide - 1) / outputSide);

    private static void Locate(ReadOnlySpan<int> offsets, float* image, float* beyond, float** places)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            places[i] = offsets[i] == Missing ? beyond : image + offsets[i];
        }
    }

    private static void Place(int top, int left, int side, int height, int width, int rowStride, int columnStride, Span<int> offsets)
    {
        for (int i = 0; i < side * side; i++)
        {
            (int y, int x) = (top + (i / side), left + (i % side));
            offsets[i] = y < height && x < width ? (y * rowStride) + (x * columnStride) : Missing;
        }
    }
}
