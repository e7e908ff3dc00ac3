using Gala.Networks;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>The two kernels of products, on plain matrices.</summary>
internal sealed unsafe class ProductWork : IDisposable
{
    private readonly (int Rows, int Inputs, int Outputs) _shape;
    private readonly AlignedBuffer<float> _left;
    private readonly AlignedBuffer<float> _right;
    private readonly AlignedBuffer<float> _weights;
    private readonly PackedMatrix _packed;
    private readonly AlignedBuffer<int> _leftOffsets;
    private readonly AlignedBuffer<int> _rightOffsets;

    public ProductWork((int Rows, int Inputs, int Outputs) shape)
    {
        (_shape, (int rows, int inputs, int outputs)) = (shape, shape);
        _left = new AlignedBuffer<float>(rows * inputs);
        _right = new AlignedBuffer<float>(rows * outputs);
        _weights = new AlignedBuffer<float>(inputs * outputs);
        _packed = new PackedMatrix(inputs, outputs);
        _leftOffsets = Offsets(rows, inputs);
        _rightOffsets = Offsets(rows, outputs);
        _left.Span.Fill(0.5f);
        _weights.Span.Fill(1e-3f);
        _packed.Pack(_weights.Data, outputs);
    }

    /// <summary>Shapes of the dense layers and memories of some networks, on an update's rows, and one that is large in every direction.</summary>
    public static IEnumerable<(int Rows, int Inputs, int Outputs)> ShapesOf(IEnumerable<NetworkSpec> networks) =>
        networks.SelectMany(DenseShapes).Append((480, 480, 256)).Distinct();

    public IReadOnlyList<TimedWork<KernelMeasurement>> Works() => [Time("product", Multiply), Time("outer products", AddOuterProducts)];

    public void Dispose()
    {
        foreach (IDisposable buffer in (IDisposable[])[_left, _right, _weights, _packed, _leftOffsets, _rightOffsets])
        {
            buffer.Dispose();
        }
    }

    private void Multiply() => Kernels.MultiplyRows(
        _shape.Rows,
        new RowLayout(_left.Data, _shape.Inputs),
        RowSegments.Contiguous(_shape.Inputs),
        _packed,
        bias: null,
        float.NegativeInfinity,
        new RowLayout(_right.Data, _shape.Outputs));

    private void AddOuterProducts() => Kernels.AddOuterProducts(
        _shape.Rows,
        _left.Data,
        _leftOffsets.Data,
        _shape.Inputs,
        _right.Data,
        _rightOffsets.Data,
        _shape.Outputs,
        _weights.Data);

    private static IEnumerable<(int Rows, int Inputs, int Outputs)> DenseShapes(NetworkSpec network)
    {
        IEnumerable<LayerSpec> layers = network.Memory is null ? network.Torso : network.Torso.Append(network.Memory);
        TensorShape shape = network.Input;
        foreach (LayerSpec layer in layers)
        {
            TensorShape output = layer.OutputShape(shape);
            if (output.IsVector)
            {
                yield return (NetworkWork.Rows, shape.Length, layer.Parameters(shape)[0].Shape[^1]);
            }

            shape = output;
        }
    }

    private static AlignedBuffer<int> Offsets(int rows, int stride)
    {
        AlignedBuffer<int> offsets = new(rows);
        for (int row = 0; row < rows; row++)
        {
            offsets.Span[row] = row * stride;
        }

        return offsets;
    }

    private TimedWork<KernelMeasurement> Time(string kernel, Action run)
    {
        (int rows, int inputs, int outputs) = _shape;
        return new TimedWork<KernelMeasurement>(run, timing => new KernelMeasurement(
            kernel,
            $"{rows}x{inputs}x{outputs}",
            timing.Microseconds,
            timing.MinimumMicroseconds,
            timing.GigaPerSecond(2.0 * rows * inputs * outputs),
            ShareOfPeak: 0,
            GigabytesPerSecond: null));
    }
}
