using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>The network once more, in double precision and plain loops, from the definition of each layer.</summary>
internal sealed class ReferenceNetwork(NetworkSpec spec, double[] parameters)
{
    public (double[] Logits, double Value) Forward(ReadOnlySpan<float> observation)
    {
        double[] row = [.. observation.ToArray().Select(x => (double)x)];
        TensorShape shape = spec.Input;
        int tensor = 0;
        foreach (LayerSpec layer in spec.Torso)
        {
            TensorShape next = layer.OutputShape(shape);
            row = layer is ConvolutionSpec convolution
                ? Convolve(row, shape, next, convolution, Tensor(tensor), Tensor(tensor + 1))
                : Multiply(row, Tensor(tensor), Tensor(tensor + 1));
            row = [.. row.Select(x => Activate(x, ActivationOf(layer)))];
            shape = next;
            tensor += 2;
        }

        return (Multiply(row, Tensor(tensor), Tensor(tensor + 1)), Multiply(row, Tensor(tensor + 2), Tensor(tensor + 3))[0]);
    }

    private static Activation ActivationOf(LayerSpec layer) => layer switch
    {
        ConvolutionSpec convolution => convolution.Activation,
        DenseSpec dense => dense.Activation,
        _ => Activation.None,
    };

    private static double Activate(double x, Activation activation) => activation switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.Tanh => Math.Tanh(x),
        _ => x,
    };

    private static double[] Multiply(double[] row, double[] weights, double[] bias)
    {
        double[] result = [.. bias];
        for (int output = 0; output < result.Length; output++)
        {
            for (int input = 0; input < row.Length; input++)
            {
                result[output] += row[input] * weights[(input * result.Length) + output];
            }
        }

        return result;
    }

    private static double[] Convolve(
        double[] row, TensorShape input, TensorShape output, ConvolutionSpec spec, double[] weights, double[] bias)
    {
        double[] result = new double[output.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int y, int x, int filter) = (i / spec.Filters / output.Width, i / spec.Filters % output.Width, i % spec.Filters);
            result[i] = bias[filter];
            for (int w = 0; w < spec.Kernel * spec.Kernel * input.Channels; w++)
            {
                (int ky, int kx, int channel) =
                    (w / input.Channels / spec.Kernel, w / input.Channels % spec.Kernel, w % input.Channels);
                int source = (((((y * spec.Stride) + ky) * input.Width) + (x * spec.Stride) + kx) * input.Channels) + channel;
                result[i] += row[source] * weights[(w * spec.Filters) + filter];
            }
        }

        return result;
    }

    private double[] Tensor(int index)
    {
        ParameterTensor tensor = spec.Layout.Tensors[index];
        return parameters.AsSpan(tensor.Offset, tensor.Length).ToArray();
    }
}
