namespace Gala.Numerics.Tests.Winograd;

/// <summary>One image's convolution by the transforms and plane by plane, and the plain list of its products to hold it to.</summary>
internal sealed unsafe class TiledConvolution(TensorShape input, int kernel, int stride, int filters)
{
    private readonly WinogradTiles _tiles = new(input, kernel, stride, filters);
    private readonly int _height = ((input.Height - kernel) / stride) + 1;
    private readonly int _width = ((input.Width - kernel) / stride) + 1;

    public int InputLength => input.Length;

    public int WeightLength => kernel * kernel * input.Channels * filters;

    public int OutputLength => _height * _width * filters;

    public static float[] Fill(int length, int seed)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    /// <summary>Calls with the indices of input, weight and output of each product, by the definition of a convolution.</summary>
    public void ForEachProduct(Action<int, int, int> product)
    {
        for (int output = 0; output < OutputLength; output++)
        {
            (int y, int x, int filter) = (output / filters / _width, output / filters % _width, output % filters);
            for (int patch = 0; patch < kernel * kernel * input.Channels; patch++)
            {
                (int ky, int kx, int channel) = (patch / input.Channels / kernel, patch / input.Channels % kernel, patch % input.Channels);
                int place = (((((y * stride) + ky) * input.Width) + (x * stride) + kx) * input.Channels) + channel;
                product(place, (patch * filters) + filter, output);
            }
        }
    }

    public float[] Forward(float[] image, float[] weights, float[] bias, float floor, SimdWidth width)
    {
        WinogradTransforms transforms = WinogradTransforms.Of(_tiles, width);
        using WinogradPlanes cells = new(_tiles.Planes, _tiles.Count, _tiles.CellLength);
        using WinogradPlanes products = new(_tiles.Planes, _tiles.Count, filters);
        using WinogradPlanes matrices = new(_tiles.Planes, _tiles.CellLength, filters);
        using PackedMatrix packed = new(_tiles.CellLength, filters, width);
        using GuardedBuffer source = GuardedBuffer.Input(image.Length, seed: 1);
        using GuardedBuffer start = GuardedBuffer.Input(bias.Length, seed: 1);
        using GuardedBuffer target = GuardedBuffer.Output(OutputLength);
        image.CopyTo(source.Span);
        bias.CopyTo(start.Span);
        transforms.TransformImage(source.Data, _tiles, cells, firstRow: 0, Share.Whole);
        fixed (float* weight = weights)
        {
            transforms.TransformWeights(weight, _tiles, matrices);
        }

        for (int plane = 0; plane < _tiles.Planes; plane++)
        {
            packed.Pack(matrices.Plane(plane), filters);
            Multiply(cells.Plane(plane), _tiles.CellLength, packed, products.Plane(plane), filters);
        }

        transforms.WriteOutputs(products, firstRow: 0, _tiles, start.Data, floor, target.Data);
        target.AssertMarginsUntouched();
        return target.Span.ToArray();
    }

    public (float[] Image, float[] Weights) Backward(float[] image, float[] weights, float[] outputGradients, SimdWidth width)
    {
        WinogradTransforms transforms = WinogradTransforms.Of(_tiles, width);
        using WinogradPlanes cells = new(_tiles.Planes, _tiles.Count, _tiles.CellLength);
        using WinogradPlanes cellGradients = new(_tiles.Planes, _tiles.Count, _tiles.CellLength);
        using WinogradPlanes products = new(_tiles.Planes, _tiles.Count, filters);
        using WinogradPlanes matrices = new(_tiles.Planes, _tiles.CellLength, filters);
        using WinogradPlanes matrixGradients = new(_tiles.Planes, _tiles.CellLength, filters);
        using PackedMatrix packed = new(filters, _tiles.CellLength, width);
        using AlignedBuffer<int> cellOffsets = Offsets(_tiles.Count, _tiles.CellLength);
        using AlignedBuffer<int> productOffsets = Offsets(_tiles.Count, filters);
        using GuardedBuffer target = GuardedBuffer.Output(image.Length);
        target.Span.Clear();
        float[] weightGradients = new float[weights.Length];
        fixed (float* source = image, weight = weights, gradient = outputGradients, weightGradient = weightGradients)
        {
            transforms.TransformImage(source, _tiles, cells, firstRow: 0, Share.Whole);
            transforms.TransformWeights(weight, _tiles, matrices);
            transforms.TransformOutputGradients(gradient, _tiles, products, firstRow: 0);
            for (int plane = 0; plane < _tiles.Planes; plane++)
            {
                packed.PackTransposed(matrices.Plane(plane), filters);
                Multiply(products.Plane(plane), filters, packed, cellGradients.Plane(plane), _tiles.CellLength);
                Kernels.AddOuterProducts(
                    _tiles.Count,
                    cells.Plane(plane),
                    cellOffsets.Data,
                    _tiles.CellLength,
                    products.Plane(plane),
                    productOffsets.Data,
                    filters,
                    matrixGradients.Plane(plane),
                    width);
            }

            transforms.AddImageGradients(cellGradients, firstRow: 0, _tiles, target.Data);
            transforms.MoveWeightGradients(matrixGradients, _tiles, weightGradient, Share.Whole);
        }

        target.AssertMarginsUntouched();
        return (target.Span.ToArray(), weightGradients);
    }

    private static AlignedBuffer<int> Offsets(int count, int stride)
    {
        AlignedBuffer<int> offsets = new(count);
        for (int i = 0; i < count; i++)
        {
            offsets.Span[i] = i * stride;
        }

        return offsets;
    }

    private void Multiply(float* left, int leftLength, PackedMatrix right, float* target, int targetLength) => Kernels.MultiplyRows(
        _tiles.Count,
        new RowLayout(left, leftLength),
        RowSegments.Contiguous(leftLength),
        right,
        bias: null,
        float.NegativeInfinity,
        new RowLayout(target, targetLength));
}
