using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>y = max(floor, x W + b) for each row: a dense layer, or a convolution when rows are patches.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="left">Where the rows x start.</param>
    /// <param name="segments">How the elements of a row lie; <see cref="RowSegments.TotalLength"/> is the number of rows of W.</param>
    /// <param name="right">W, shape [inputs, outputs].</param>
    /// <param name="bias">b, shape [outputs], readable for one vector beyond its end; null for zero. Owned by the caller.</param>
    /// <param name="floor">0 for a rectifier, negative infinity for none.</param>
    /// <param name="target">Where the rows y start; exactly [outputs] floats of each are written.</param>
    /// <exception cref="ArgumentException">The row's length is not that of W's columns, or the two layouts group rows differently.</exception>
    /// <remarks>Each output is one chain of fused multiply-adds from b on, in the order of x: the same bits for every vector width,
    /// number of rows and neighbours. Allocates nothing.</remarks>
    public static void MultiplyRows(
        int rows, RowLayout left, RowSegments segments, PackedMatrix right, float* bias, float floor, RowLayout target)
    {
        ArgumentNullException.ThrowIfNull(right);
        ThrowIfLengthDiffers(segments, right);
        MultiplyRows(new RowProductArguments
        {
            Rows = rows,
            Left = left,
            Segments = segments,
            Right = right,
            Bias = bias,
            Floor = floor,
            Target = target,
        });
    }

    /// <summary>y ← y + x W for each row.</summary>
    /// <inheritdoc cref="MultiplyRows(int, RowLayout, RowSegments, PackedMatrix, float*, float, RowLayout)"/>
    public static void MultiplyRowsInto(int rows, RowLayout left, RowSegments segments, PackedMatrix right, RowLayout target)
    {
        ArgumentNullException.ThrowIfNull(right);
        ThrowIfLengthDiffers(segments, right);
        MultiplyRows(new RowProductArguments
        {
            Rows = rows,
            Left = left,
            Segments = segments,
            Right = right,
            Accumulate = true,
            Floor = float.NegativeInfinity,
            Target = target,
        });
    }

    /// <summary>y = (x W) · f'(…) for each row: gradients that pass the activation of the layer before.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="left">Where the rows x start.</param>
    /// <param name="right">W, shape [inputs, outputs].</param>
    /// <param name="activations">Where the rows of that activation's outputs start, shape [outputs]; one item a group.</param>
    /// <param name="gradient">f', as a function of the activation's outputs.</param>
    /// <param name="target">Where the rows y start; exactly [outputs] floats of each are written; one item a group.</param>
    /// <remarks>The product has the bits of <see cref="MultiplyRows(int, RowLayout, RowSegments, PackedMatrix, float*, float, RowLayout)"/>,
    /// and the factor is rounded apart. Allocates nothing.</remarks>
    public static void MultiplyRowsThrough(
        int rows, RowLayout left, PackedMatrix right, RowLayout activations, ActivationGradient gradient, RowLayout target)
    {
        ArgumentNullException.ThrowIfNull(right);
        MultiplyRows(new RowProductArguments
        {
            Rows = rows,
            Left = left,
            Segments = RowSegments.Contiguous(right.Rows),
            Right = right,
            Floor = float.NegativeInfinity,
            Activations = activations,
            ActivationGradient = gradient,
            Target = target,
        });
    }

    private static void MultiplyRows(in RowProductArguments arguments)
    {
        ThrowIfGroupsDiffer(arguments.Left, arguments.Target);
        switch (arguments.Right.Width.Lanes)
        {
            case 16:
                RowProduct<Ops512, Vector512<float>>.Run(arguments);
                break;
            case 8:
                RowProduct<Ops256, Vector256<float>>.Run(arguments);
                break;
            case 4:
                RowProduct<Ops128, Vector128<float>>.Run(arguments);
                break;
            default:
                RowProduct<OpsScalar, float>.Run(arguments);
                break;
        }
    }

    private static void ThrowIfGroupsDiffer(RowLayout left, RowLayout target)
    {
        if (left.ItemsPerGroup != target.ItemsPerGroup)
        {
            throw new ArgumentException(
                $"The rows come in groups of {left.ItemsPerGroup}, but go to groups of {target.ItemsPerGroup}.", nameof(target));
        }
    }

    private static void ThrowIfLengthDiffers(RowSegments segments, PackedMatrix right)
    {
        if (segments.TotalLength != right.Rows)
        {
            throw new ArgumentException($"A row has {segments.TotalLength} elements, but the matrix takes {right.Rows}.", nameof(segments));
        }
    }
}
