using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The output side of minimal filtering: planes of products to outputs, and the outputs' gradients to planes.</summary>
/// <remarks>The weights' side is the same but for factors of ½ (<see cref="WinogradWeights{TOps, TVector}"/>), so it uses these tiles too.</remarks>
internal static unsafe class WinogradOutputs<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Write(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* target)
    {
        float** outputs = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Outputs(tile, target, null, outputs);
            WriteTile(planes.Row(firstRow + tile), planes.Stride, tiles.Filters, tiles.OutputSide, bias, floor, outputs);
        }
    }

    public static void TransformGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow)
    {
        float** outputs = stackalloc float*[WinogradTiles.Planes];
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            tiles.Outputs(tile, gradients, tiles.Zeros, outputs);
            TransformTile(outputs, tiles.OutputSide, tiles.Filters, planes.Row(firstRow + tile), planes.Stride);
        }
    }

    /// <summary>Aᵀ m A + b, or added to what is there where b is null, with (Aᵀ m) = (m₀ + m₁ + m₂, m₁ − m₂, m₁ + m₂ + m₃), and m₁ − m₂ + m₃ as the last of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteTile(float* source, nint planeStride, int filters, int side, float* bias, float floor, float** outputs)
    {
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            float* place = source + i;
            Line<TVector> line0 = LineOps<TOps, TVector>.Load(place, planeStride);
            Line<TVector> line1 = LineOps<TOps, TVector>.Load(place + (4 * planeStride), planeStride);
            Line<TVector> line2 = LineOps<TOps, TVector>.Load(place + (8 * planeStride), planeStride);
            Line<TVector> line3 = LineOps<TOps, TVector>.Load(place + (12 * planeStride), planeStride);
            Line<TVector> sum = LineOps<TOps, TVector>.Add(line1, line2);
            Line<TVector> difference = LineOps<TOps, TVector>.Subtract(line1, line2);
            float* start = bias is null ? null : bias + i;
            WriteLine(LineOps<TOps, TVector>.Add(line0, sum), start, floor, side, outputs, i);
            if (side == 2)
            {
                WriteLine(LineOps<TOps, TVector>.Add(difference, line3), start, floor, side, outputs + side, i);
            }
            else
            {
                WriteLine(difference, start, floor, side, outputs + side, i);
                WriteLine(LineOps<TOps, TVector>.Add(sum, line3), start, floor, side, outputs + (2 * side), i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLine(Line<TVector> line, float* start, float floor, int side, float** outputs, nint offset)
    {
        TVector sum = TOps.Add(line.Second, line.Third);
        TVector difference = TOps.Subtract(line.Second, line.Third);
        WriteVector(TOps.Add(line.First, sum), start, floor, outputs[0], offset);
        if (side == 2)
        {
            WriteVector(TOps.Add(difference, line.Fourth), start, floor, outputs[1], offset);
        }
        else
        {
            WriteVector(difference, start, floor, outputs[1], offset);
            WriteVector(TOps.Add(sum, line.Fourth), start, floor, outputs[2], offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteVector(TVector vector, float* start, float floor, float* output, nint offset)
    {
        if (output is not null)
        {
            TVector before = TOps.Load(start is null ? output + offset : start);
            TOps.Store(TOps.Max(TOps.Add(vector, before), floor), output + offset);
        }
    }

    /// <summary>A y Aᵀ, with (A y) = (y₀, y₀ + y₂ + y₁, y₀ + y₂ − y₁, y₂), and (y₀, y₀ + y₁, y₀ − y₁, y₁) for two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTile(float** outputs, int side, int filters, float* target, nint planeStride)
    {
        for (nint i = 0; i < filters; i += TOps.Lanes)
        {
            float* place = target + i;
            Line<TVector> line0 = LoadLine(outputs, side, i);
            Line<TVector> line1 = LoadLine(outputs + side, side, i);
            Line<TVector> last = side == 2 ? line1 : LoadLine(outputs + (2 * side), side, i);
            Line<TVector> even = side == 2 ? line0 : LineOps<TOps, TVector>.Add(line0, last);
            LineOps<TOps, TVector>.Store(line0, place, planeStride);
            LineOps<TOps, TVector>.Store(LineOps<TOps, TVector>.Add(even, line1), place + (4 * planeStride), planeStride);
            LineOps<TOps, TVector>.Store(LineOps<TOps, TVector>.Subtract(even, line1), place + (8 * planeStride), planeStride);
            LineOps<TOps, TVector>.Store(last, place + (12 * planeStride), planeStride);
        }
    }

    /// <summary>One line of outputs, transformed along the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line<TVector> LoadLine(float** outputs, int side, nint offset)
    {
        TVector first = TOps.Load(outputs[0] + offset);
        TVector second = TOps.Load(outputs[1] + offset);
        TVector last = side == 2 ? second : TOps.Load(outputs[2] + offset);
        TVector even = side == 2 ? first : TOps.Add(first, last);
        return new Line<TVector>(first, TOps.Add(even, second), TOps.Subtract(even, second), last);
    }
}
