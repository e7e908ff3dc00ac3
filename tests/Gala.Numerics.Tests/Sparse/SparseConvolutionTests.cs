namespace Gala.Numerics.Tests.Sparse;

public sealed unsafe class SparseConvolutionTests
{
    /// <summary>Height, width, channels, kernel, stride, filters, nonzeros.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Shapes => new()
    {
        { 10, 10, 4, 3, 1, 16, 36 }, // a MinAtar board
        { 10, 10, 10, 3, 1, 32, 60 },
        { 9, 7, 3, 4, 2, 16, 20 }, // pixels that no patch covers
        { 5, 6, 1, 2, 3, 48, 7 }, // a stride larger than the kernel
        { 3, 3, 2, 3, 1, 16, 0 }, // an empty board
        { 3, 3, 2, 3, 1, 16, 18 }, // a full one
    };

    [Theory, MemberData(nameof(Shapes))]
    public void ConvolveSparse_AnyShapeAndWidth_HasTheBitsOfThePlainProduct(
        int height, int width, int channels, int kernel, int stride, int filters, int nonzeros)
    {
        using Convolution convolution = new(new TensorShape(height, width, channels), kernel, stride, filters, nonzeros);
        using GuardedBuffer bias = GuardedBuffer.Input(filters, seed: 3);
        using PackedMatrix packed = new(convolution.Patch.TotalLength, filters);
        packed.Pack(convolution.Weights.Data, filters);
        using GuardedBuffer expected = GuardedBuffer.Output(convolution.Pixels * filters);
        RowLayout patches = new(convolution.Image.Data, convolution.Image.Length, convolution.PatchOffsets.Data, convolution.Pixels);
        RowLayout outputs = new(expected.Data, expected.Length, convolution.PixelOffsets.Data, convolution.Pixels);
        Kernels.MultiplyRows(convolution.Pixels, patches, convolution.Patch, packed, bias.Data, 0, outputs);

        using GuardedBuffer laidOut = GuardedBuffer.Output(convolution.Weights.Length);
        convolution.Taps.LayOut(convolution.Weights.Data, laidOut.Data);
        foreach (SimdWidth lanes in SimdWidth.Supported)
        {
            using GuardedBuffer actual = GuardedBuffer.Output(convolution.Pixels * filters);
            Kernels.ConvolveSparse(
                convolution.Image.Data, convolution.Nonzeros, convolution.Taps, laidOut.Data, bias.Data, 0, actual.Data, lanes);
            actual.AssertMarginsUntouched();
            Assert.Equal(expected.Span, actual.Span);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddSparseWeightGradients_AnyShapeAndWidth_HasTheBitsOfThePlainProduct(
        int height, int width, int channels, int kernel, int stride, int filters, int nonzeros)
    {
        using Convolution convolution = new(new TensorShape(height, width, channels), kernel, stride, filters, nonzeros);
        using GuardedBuffer gradients = GuardedBuffer.Input(convolution.Pixels * filters, seed: 4);
        using GuardedBuffer expected = GuardedBuffer.Output(convolution.Weights.Length);
        int rowLength = convolution.Patch.Length * filters;
        for (int row = 0; row < kernel; row++)
        {
            Kernels.AddOuterProducts(
                convolution.Pixels,
                convolution.Image.Data + (row * convolution.Patch.Stride),
                convolution.PatchOffsets.Data,
                convolution.Patch.Length,
                gradients.Data,
                convolution.PixelOffsets.Data,
                filters,
                expected.Data + (row * rowLength));
        }

        foreach (SimdWidth lanes in SimdWidth.Supported)
        {
            using GuardedBuffer laidOut = GuardedBuffer.Output(convolution.Weights.Length);
            laidOut.Span.Clear();
            Kernels.AddSparseWeightGradients(
                convolution.Image.Data, convolution.Nonzeros, convolution.Taps, gradients.Data, laidOut.Data, lanes);
            laidOut.AssertMarginsUntouched();
            using GuardedBuffer actual = GuardedBuffer.Output(convolution.Weights.Length);
            actual.Span.Clear();
            convolution.Taps.AddBack(laidOut.Data, actual.Data);
            actual.AssertMarginsUntouched();
            Assert.Equal(expected.Span, actual.Span);
        }
    }
}
