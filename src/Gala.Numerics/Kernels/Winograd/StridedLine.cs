using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Values at even distances.</summary>
internal readonly unsafe struct StridedLine(float* first, nint stride) : ILine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(nint place) => first + (place * stride);
}
