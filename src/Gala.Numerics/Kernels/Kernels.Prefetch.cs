using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    private const int FloatsInCacheLine = 16;

    /// <summary>Asks for memory that is needed soon to be brought near, while other work goes on. Reads nothing; does nothing where the machine cannot.</summary>
    /// <param name="start">First float. Owned by the caller.</param>
    /// <param name="length">In floats.</param>
    public static void Prefetch(float* start, nint length)
    {
        if (Sse.IsSupported)
        {
            for (nint i = 0; i < length; i += FloatsInCacheLine)
            {
                Sse.Prefetch1(start + i);
            }
        }
    }
}
