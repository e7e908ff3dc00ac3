using System.Runtime.InteropServices;

namespace Gala.Numerics;

/// <summary>Asks Linux for pages of 2 MiB where a buffer is large: fewer misses of the page table, and less to look up for whoever copies between processes.</summary>
/// <remarks>Advice alone: a system that has none to give, or is not asked for any, works as before.</remarks>
internal static unsafe class HugePages
{
    /// <summary>Bytes of a huge page.</summary>
    public const int Size = 2 << 20;

    private const int LeastPages = 2; // at most half as much again is wasted on a page that is used in part
    private const int Advice = 14; // MADV_HUGEPAGE

    /// <summary>Where a buffer should begin: at a huge page if it is to have some.</summary>
    /// <param name="bytes">Of the buffer.</param>
    /// <param name="least">Alignment of all others.</param>
    public static nuint Alignment(nuint bytes, nuint least) => Serve(bytes) ? Size : least;

    /// <summary>Gives the advice, if the buffer is large enough; before its memory is touched.</summary>
    /// <param name="start">The first byte, aligned by <see cref="Alignment"/>.</param>
    /// <param name="bytes">Of the buffer.</param>
    public static void Advise(void* start, nuint bytes)
    {
        if (Serve(bytes))
        {
            _ = NativeMethods.Advise(start, bytes, Advice);
        }
    }

    private static bool Serve(nuint bytes) => OperatingSystem.IsLinux() && bytes >= LeastPages * Size;

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "madvise")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Advise(void* start, nuint bytes, int advice);
    }
}
