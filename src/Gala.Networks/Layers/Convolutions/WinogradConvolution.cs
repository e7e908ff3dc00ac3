using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A convolution by minimal filtering: up to 4 times less arithmetic than the patches have.</summary>
/// <remarks>Source: Lavin and Gray 2016, arXiv 1509.09308. See <see cref="WinogradTiles"/>.</remarks>
internal sealed unsafe class WinogradConvolution : ConvolutionMethod
{
    private const int ScratchFloats = 128 * 1024; // half a megabyte: images are taken together as long as their planes stay in the cache

    private readonly WinogradTransforms _transforms;
    private readonly WinogradTiles _tiles;
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly int _group;
    private readonly Scratch[] _scratch; // one for each thread
    private readonly WinogradPlanes _matrices; // the weights', or their gradients'
    private readonly PackedMatrix[] _weights;
    private readonly PackedMatrix[] _transposed;
    private readonly AlignedBuffer<int> _cellOffsets;
    private readonly AlignedBuffer<int> _productOffsets;

    private WinogradConvolution(WinogradTiles tiles, RowBuffer input, RowBuffer output, int threads)
    {
        (_tiles, _transforms, _input, _output) = (tiles, WinogradTransforms.Of(tiles), input, output);
        _group = Math.Max(1, ScratchFloats / (_tiles.Planes * _tiles.Count * (_tiles.CellLength + tiles.Filters)));
        int rows = _group * tiles.Count;
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(
            new WinogradPlanes(tiles.Planes, rows, tiles.CellLength), new WinogradPlanes(tiles.Planes, rows, tiles.Filters)))];
        _weights = new PackedMatrix[tiles.Planes];
        _matrices = new WinogradPlanes(tiles.Planes, tiles.CellLength, tiles.Filters);
        _transposed = new PackedMatrix[input.HasGradients ? _tiles.Planes : 0];
        for (int plane = 0; plane < _tiles.Planes; plane++)
        {
            _weights[plane] = new PackedMatrix(_tiles.CellLength, tiles.Filters);
        }

        for (int plane = 0; plane < _transposed.Length; plane++)
        {
            _transposed[plane] = new PackedMatrix(tiles.Filters, _tiles.CellLength);
        }

        _cellOffsets = OffsetTable.Regular(rows, _tiles.CellLength);
        _productOffsets = OffsetTable.Regular(rows, tiles.Filters);
    }

    /// <summary>Such a convolution, where the products that it saves outweigh the transforms; null where they do not.</summary>
    public static WinogradConvolution? CreateIfFaster(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output, int threads)
    {
        const double Worthwhile = 1.5; // measured: below it the transforms take what the products save
        if (!WinogradTiles.Fit(inputShape, spec.Kernel, spec.Stride, spec.Filters))
        {
            return null;
        }

        WinogradTiles tiles = new(inputShape, spec.Kernel, spec.Stride, spec.Filters);
        return tiles.Saving >= Worthwhile ? new WinogradConvolution(tiles, input, output, threads) : null;
    }

    public override void Use(float* weights)
    {
        _transforms.TransformWeights(weights, _tiles, _matrices);
        for (int plane = 0; plane < _tiles.Planes; plane++)
        {
            _weights[plane].Pack(_matrices.Plane(plane), _tiles.Filters);
        }

        for (int plane = 0; plane < _transposed.Length; plane++)
        {
            _transposed[plane].PackTransposed(_matrices.Plane(plane), _tiles.Filters);
        }

        for (int plane = 0; plane < _tiles.Planes; plane++)
        {
            _matrices.RowSpan(plane, 0, _tiles.CellLength).Clear();
        }
    }

    public override void Forward(int firstRow, int rows, float* bias, float floor, int worker)
    {
        (WinogradPlanes cells, WinogradPlanes products) = _scratch[worker];
        for (int row = firstRow; row < firstRow + rows; row += _group)
        {
            int images = Math.Min(_group, firstRow + rows - row);
            TransformImages(row, images, cells, Share.Whole);
            Multiply(images, cells, _weights, products, row + images, firstRow + rows);
            for (int i = 0; i < images; i++)
            {
                _transforms.WriteOutputs(products, i * _tiles.Count, _tiles, bias, floor, _output.Values(row + i));
            }
        }
    }

    public override void SetInputGradients(int firstRow, int rows, int worker)
    {
        (WinogradPlanes cells, WinogradPlanes products) = _scratch[worker];
        _input.GradientSpan(firstRow, rows).Clear();
        for (int row = firstRow; row < firstRow + rows; row += _group)
        {
            int images = Math.Min(_group, firstRow + rows - row);
            TransformOutputGradients(row, images, products);
            Multiply(images, products, _transposed, cells, nextRow: 0, endRow: 0);
            for (int i = 0; i < images; i++)
            {
                _transforms.AddImageGradients(cells, i * _tiles.Count, _tiles, _input.Gradients(row + i));
            }
        }
    }

    // A share is a stretch of a cell's elements: only the outputs' gradients are transformed by every thread anew.
    public override void AddWeightGradients(int firstRow, int rows, float* weightGradients, Share share)
    {
        (WinogradPlanes cells, WinogradPlanes products) = _scratch[share.Index];
        (int first, int elements) = _tiles.Elements(share);
        for (int row = firstRow; row < firstRow + rows; row += _group)
        {
            int images = Math.Min(_group, firstRow + rows - row);
            TransformImages(row, images, cells, share);
            TransformOutputGradients(row, images, products);
            for (int plane = 0; plane < _tiles.Planes; plane++)
            {
                Kernels.AddOuterProducts(
                    images * _tiles.Count,
                    cells.Plane(plane) + first,
                    _cellOffsets.Data,
                    elements,
                    products.Plane(plane),
                    _productOffsets.Data,
                    _tiles.Filters,
                    _matrices.Plane(plane) + ((nint)first * _tiles.Filters));
                PrefetchImages(row + images, firstRow + rows, plane);
            }
        }
    }

    public override void CollectWeightGradients(float* weightGradients, Share share) =>
        _transforms.MoveWeightGradients(_matrices, _tiles, weightGradients, share);

    public override void Dispose()
    {
        foreach (PackedMatrix matrix in _weights.Concat(_transposed))
        {
            matrix.Dispose();
        }

        foreach ((WinogradPlanes cells, WinogradPlanes products) in _scratch)
        {
            cells.Dispose();
            products.Dispose();
        }

        foreach (IDisposable buffer in (IDisposable[])[_matrices, _cellOffsets, _productOffsets])
        {
            buffer.Dispose();
        }
    }

    private void TransformImages(int row, int images, WinogradPlanes cells, Share share)
    {
        for (int i = 0; i < images; i++)
        {
            _transforms.TransformImage(_input.Values(row + i), _tiles, cells, i * _tiles.Count, share);
        }
    }

    private void TransformOutputGradients(int row, int images, WinogradPlanes products)
    {
        for (int i = 0; i < images; i++)
        {
            _transforms.TransformOutputGradients(_output.Gradients(row + i), _tiles, products, i * _tiles.Count);
        }
    }

    private void Multiply(int images, WinogradPlanes left, PackedMatrix[] right, WinogradPlanes target, int nextRow, int endRow)
    {
        for (int plane = 0; plane < _tiles.Planes; plane++)
        {
            Kernels.MultiplyRows(
                images * _tiles.Count,
                new RowLayout(left.Plane(plane), left.Columns),
                RowSegments.Contiguous(left.Columns),
                right[plane],
                bias: null,
                float.NegativeInfinity,
                new RowLayout(target.Plane(plane), target.Columns));
            PrefetchImages(nextRow, endRow, plane);
        }
    }

    /// <summary>Brings a plane's part of the next group's images near, while the planes are multiplied: rows of tiles are no pattern that the
    /// processor foresees.</summary>
    private void PrefetchImages(int row, int end, int plane)
    {
        if (row < end)
        {
            nint length = (nint)Math.Min(_group, end - row) * _input.Stride;
            nint first = length * plane / _tiles.Planes;
            Kernels.Prefetch(_input.Values(row) + first, (length * (plane + 1) / _tiles.Planes) - first);
        }
    }

    /// <summary>Transformed cells and products of a group of images.</summary>
    private sealed record Scratch(WinogradPlanes Cells, WinogradPlanes Products);
}
