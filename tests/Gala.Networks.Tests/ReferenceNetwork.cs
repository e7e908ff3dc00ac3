using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>The network once more, in double precision and plain loops, from the definition of each layer.</summary>
internal sealed class ReferenceNetwork(NetworkSpec spec, double[] parameters)
{
    public (double[] Logits, double Value) Forward(ReadOnlySpan<float> observation)
    {
        ReferenceRow row = Forward(observation, []);
        return (row.Logits, row.Value);
    }

    /// <summary>Trajectories of the network's observations and first states, each step of a simulator after the one before.</summary>
    public ReferenceRow[] Unroll(IActorCritic network, int steps, int simulators, bool[] ended)
    {
        ReferenceRow[] rows = new ReferenceRow[steps * simulators];
        for (int row = 0; row < rows.Length; row++)
        {
            double[] state = row < simulators ? [.. network.States(row, 1).ToArray().Select(x => (double)x)]
                : ended[row - simulators] ? new double[network.StateLength]
                : rows[row - simulators].NextState;
            rows[row] = Forward(network.Observations(row, 1), state);
        }

        return rows;
    }

    private ReferenceRow Forward(ReadOnlySpan<float> observation, double[] state)
    {
        double[] row = [.. observation.ToArray().Select(x => (double)x)];
        TensorShape shape = spec.Input;
        int tensor = 0;
        foreach (LayerSpec layer in spec.Torso)
        {
            row = layer switch
            {
                ConvolutionSpec convolution => Convolve(row, shape, convolution, tensor),
                MaxPoolingSpec pooling => Pool(row, shape, pooling),
                ResidualSpec => AddBranch(row, shape, tensor),
                ActivationSpec => row,
                _ => Multiply(row, Tensor(tensor), Tensor(tensor + 1)),
            };
            row = [.. row.Select(x => Activate(x, ActivationOf(layer)))];
            tensor += layer.Parameters(shape).Count;
            shape = layer.OutputShape(shape);
        }

        if (spec.Memory is not null)
        {
            state = Remember(row, state, Tensor(tensor), Tensor(tensor + 1), Tensor(tensor + 2));
            row = state[..spec.Memory.Units];
            tensor += 3;
        }

        double[] logits = Multiply(row, Tensor(tensor), Tensor(tensor + 1));
        return new ReferenceRow(logits, Multiply(row, Tensor(tensor + 2), Tensor(tensor + 3))[0], state);
    }

    /// <summary>h and c after a step, from h and c before it.</summary>
    private static double[] Remember(double[] row, double[] state, double[] inputWeights, double[] recurrentWeights, double[] bias)
    {
        int units = state.Length / 2;
        double[] gates = Multiply(state[..units], recurrentWeights, Multiply(row, inputWeights, bias));
        double[] next = new double[2 * units];
        for (int n = 0; n < units; n++)
        {
            double cell = (Logistic(gates[units + n]) * state[units + n]) + (Logistic(gates[n]) * Math.Tanh(gates[(2 * units) + n]));
            (next[n], next[units + n]) = (Logistic(gates[(3 * units) + n]) * Math.Tanh(cell), cell);
        }

        return next;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static Activation ActivationOf(LayerSpec layer) => layer switch
    {
        ConvolutionSpec convolution => convolution.Activation,
        DenseSpec dense => dense.Activation,
        ActivationSpec single => single.Activation,
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

    private static double[] Pool(double[] row, TensorShape input, MaxPoolingSpec spec)
    {
        TensorShape output = spec.OutputShape(input);
        double[] result = new double[output.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int y, int x, int channel) = Place(i, output);
            result[i] = double.NegativeInfinity;
            for (int w = 0; w < spec.Kernel * spec.Kernel; w++)
            {
                int sourceY = (y * spec.Stride) + (w / spec.Kernel) - spec.Padding;
                int sourceX = (x * spec.Stride) + (w % spec.Kernel) - spec.Padding;
                result[i] = Math.Max(result[i], Pixel(row, input, sourceY, sourceX, channel, beyond: double.NegativeInfinity));
            }
        }

        return result;
    }

    private static (int Y, int X, int Channel) Place(int index, TensorShape shape) =>
        (index / shape.Channels / shape.Width, index / shape.Channels % shape.Width, index % shape.Channels);

    private static double Pixel(double[] row, TensorShape shape, int y, int x, int channel, double beyond) =>
        y < 0 || x < 0 || y >= shape.Height || x >= shape.Width ? beyond : row[(((y * shape.Width) + x) * shape.Channels) + channel];

    private double[] AddBranch(double[] row, TensorShape shape, int tensor)
    {
        ConvolutionSpec convolution = new(shape.Channels, 3, 1, Activation.None, Padding: 1);
        double[] inner = Convolve([.. row.Select(x => Math.Max(0, x))], shape, convolution, tensor);
        double[] branch = Convolve([.. inner.Select(x => Math.Max(0, x))], shape, convolution, tensor + 2);
        return [.. row.Zip(branch, (x, y) => x + y)];
    }

    private double[] Convolve(double[] row, TensorShape input, ConvolutionSpec spec, int tensor)
    {
        (double[] weights, double[] bias) = (Tensor(tensor), Tensor(tensor + 1));
        TensorShape output = spec.OutputShape(input);
        double[] result = new double[output.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int y, int x, int filter) = Place(i, output);
            result[i] = bias[filter];
            for (int w = 0; w < spec.Kernel * spec.Kernel * input.Channels; w++)
            {
                (int ky, int kx, int channel) = Place(w, new TensorShape(spec.Kernel, spec.Kernel, input.Channels));
                double source = Pixel(
                    row, input, (y * spec.Stride) + ky - spec.Padding, (x * spec.Stride) + kx - spec.Padding, channel, beyond: 0);
                result[i] += source * weights[(w * spec.Filters) + filter];
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
