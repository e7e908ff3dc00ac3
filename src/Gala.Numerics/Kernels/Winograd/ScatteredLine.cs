using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Values that a table of addresses leads to: every <paramref name="step"/>-th entry, and <paramref name="offset"/> floats on.</summary>
internal readonly unsafe struct ScatteredLine(float** places, nint step, nint offset) : ILine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(nint place) => places[place * step] + offset;
}
