namespace Gala.Numerics.Tests;

public sealed unsafe class MultiplyRowsThroughTests
{
    [Theory]
    [InlineData(13, 7, 50, ActivationGradient.Relu)]
    [InlineData(80, 128, 128, ActivationGradient.Relu)]
    [InlineData(3, 9, 1, ActivationGradient.Relu)]
    [InlineData(17, 5, 33, ActivationGradient.Tanh)]
    [InlineData(6, 5, 33, ActivationGradient.None)]
    public void MultiplyRowsThrough_AnyWidth_IsTheProductTimesTheDerivative(int rows, int inputs, int outputs, ActivationGradient gradient)
    {
        using GuardedBuffer left = GuardedBuffer.Input(rows * inputs, seed: 1);
        using GuardedBuffer weights = GuardedBuffer.Input(inputs * outputs, seed: 2);
        using GuardedBuffer activations = GuardedBuffer.Input(rows * outputs, seed: 3);
        foreach (SimdWidth width in SimdWidth.Supported)
        {
            using PackedMatrix right = new(inputs, outputs, width);
            right.Pack(weights.Data, outputs);
            using GuardedBuffer product = GuardedBuffer.Output(rows * outputs);
            using GuardedBuffer actual = GuardedBuffer.Output(rows * outputs);
            RowLayout source = new(left.Data, inputs);
            Kernels.MultiplyRows(
                rows, source, RowSegments.Contiguous(inputs), right, bias: null, float.NegativeInfinity, new RowLayout(product.Data, outputs));
            Kernels.MultiplyRowsThrough(rows, source, right, new RowLayout(activations.Data, outputs), gradient, new RowLayout(actual.Data, outputs));
            actual.AssertMarginsUntouched();
            for (int i = 0; i < rows * outputs; i++)
            {
                Assert.Equal(product.Span[i] * Derivative(gradient, activations.Span[i]), actual.Span[i]);
            }
        }
    }

    private static float Derivative(ActivationGradient gradient, float y) => gradient switch
    {
        ActivationGradient.Relu => y > 0 ? 1 : 0,
        ActivationGradient.Tanh => 1 - (y * y),
        _ => 1,
    };
}
