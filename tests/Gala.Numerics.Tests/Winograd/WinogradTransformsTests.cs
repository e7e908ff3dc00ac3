namespace Gala.Numerics.Tests.Winograd;

public sealed unsafe class WinogradTransformsTests
{
    /// <summary>Height, width, channels, kernel, stride, filters.</summary>
    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        { 84, 84, 4, 8, 4, 32 }, // the layers of Mnih et al. 2015
        { 20, 20, 32, 4, 2, 64 },
        { 9, 9, 64, 3, 1, 32 },
        { 8, 5, 16, 2, 1, 16 }, // tiles that reach over both edges
        { 5, 7, 16, 3, 1, 48 },
        { 13, 17, 8, 6, 2, 16 }, // three cells of two pixels, and pixels that no patch covers
        { 3, 3, 16, 3, 1, 16 }, // a single output
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Forward_AnyShape_IsTheConvolution(int height, int width, int channels, int kernel, int stride, int filters)
    {
        TiledConvolution convolution = new(new TensorShape(height, width, channels), kernel, stride, filters);
        float[] image = TiledConvolution.Fill(convolution.InputLength, seed: 1);
        float[] weights = TiledConvolution.Fill(convolution.WeightLength, seed: 2);
        float[] bias = TiledConvolution.Fill(filters, seed: 3);
        double[] expected = new double[convolution.OutputLength];
        convolution.ForEachProduct((input, weight, output) => expected[output] += (double)image[input] * weights[weight]);
        float[] actual = convolution.Forward(image, weights, bias, floor: -0.5f, SimdWidth.Widest);
        AssertClose([.. expected.Select((sum, i) => Math.Max(-0.5, sum + bias[i % filters]))], actual);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Backward_AnyShape_IsTheAdjoint(int height, int width, int channels, int kernel, int stride, int filters)
    {
        TiledConvolution convolution = new(new TensorShape(height, width, channels), kernel, stride, filters);
        float[] image = TiledConvolution.Fill(convolution.InputLength, seed: 1);
        float[] weights = TiledConvolution.Fill(convolution.WeightLength, seed: 2);
        float[] gradients = TiledConvolution.Fill(convolution.OutputLength, seed: 3);
        double[] expectedImage = new double[image.Length];
        double[] expectedWeights = new double[weights.Length];
        convolution.ForEachProduct((input, weight, output) =>
        {
            expectedImage[input] += (double)weights[weight] * gradients[output];
            expectedWeights[weight] += (double)image[input] * gradients[output];
        });
        (float[] imageGradients, float[] weightGradients) = convolution.Backward(image, weights, gradients, SimdWidth.Widest);
        AssertClose(expectedImage, imageGradients);
        AssertClose(expectedWeights, weightGradients);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void ForwardAndBackward_AnyWidth_HaveTheSameBits(int height, int width, int channels, int kernel, int stride, int filters)
    {
        TiledConvolution convolution = new(new TensorShape(height, width, channels), kernel, stride, filters);
        float[] image = TiledConvolution.Fill(convolution.InputLength, seed: 1);
        float[] weights = TiledConvolution.Fill(convolution.WeightLength, seed: 2);
        float[] bias = TiledConvolution.Fill(filters, seed: 3);
        float[] gradients = TiledConvolution.Fill(convolution.OutputLength, seed: 4);
        float[] outputs = convolution.Forward(image, weights, bias, floor: 0, SimdWidth.Widest);
        (float[] imageGradients, float[] weightGradients) = convolution.Backward(image, weights, gradients, SimdWidth.Widest);
        foreach (SimdWidth lanes in SimdWidth.Supported)
        {
            Assert.Equal(outputs, convolution.Forward(image, weights, bias, floor: 0, lanes));
            (float[] image2, float[] weights2) = convolution.Backward(image, weights, gradients, lanes);
            Assert.Equal(imageGradients, image2);
            Assert.Equal(weightGradients, weights2);
        }
    }

    [Theory]
    [InlineData(3, 2, 16, 16)] // a kernel and a half strides long
    [InlineData(4, 1, 16, 16)] // four
    [InlineData(3, 1, 4, 16)] // cells that fill no vector
    [InlineData(3, 1, 16, 18)] // filters that fill no vector
    public void Tiles_ShapeThatDoesNotFit_Throws(int kernel, int stride, int channels, int filters)
    {
        TensorShape input = new(12, 12, channels);
        Assert.False(WinogradTiles.Fit(input, kernel, stride, filters));
        Assert.Throws<ArgumentException>(() => new WinogradTiles(input, kernel, stride, filters));
    }

    // A sum of a tile is rounded in proportion to the tile's other sums.
    private static void AssertClose(double[] expected, float[] actual)
    {
        double tolerance = 1e-5 * expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
