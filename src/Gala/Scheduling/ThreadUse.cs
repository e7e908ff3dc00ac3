using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gala.Scheduling;

/// <summary>What a thread has used so far: time, time on a processor, and how often it gave the processor up to wait.</summary>
/// <param name="Ticks">Timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="Microseconds">Time on a processor.</param>
/// <param name="Waits">Voluntary changes of context.</param>
/// <remarks>Known on Linux; elsewhere no thread is ever seen to wait. Reading takes a quarter of a microsecond.</remarks>
internal readonly record struct ThreadUse(long Ticks, long Microseconds, long Waits)
{
    private const int ThisThread = 1; // RUSAGE_THREAD

    /// <summary>Share of the time that the thread gave up to wait: 0 where it was only held up by others that wanted its processor.</summary>
    public double WaitedShare => Waits == 0 || Ticks <= 0 ? 0 : 1 - (Microseconds / Stopwatch.GetElapsedTime(0, Ticks).TotalMicroseconds);

    /// <summary>What was used between two readings.</summary>
    public static ThreadUse operator -(ThreadUse later, ThreadUse earlier) =>
        new(later.Ticks - earlier.Ticks, later.Microseconds - earlier.Microseconds, later.Waits - earlier.Waits);

    /// <summary>Reads what the thread that asks has used.</summary>
    public static ThreadUse OfThis()
    {
        long now = Stopwatch.GetTimestamp();
        return OperatingSystem.IsLinux() && Environment.Is64BitProcess && Native.GetUse(ThisThread, out Native.Use use) == 0
            ? new ThreadUse(now, use.UserMicroseconds + use.SystemMicroseconds + (1_000_000 * (use.UserSeconds + use.SystemSeconds)), use.VoluntarySwitches)
            : new ThreadUse(now, 0, 0);
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "getrusage")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [SuppressGCTransition]
#pragma warning disable SYSLIB1054 // nothing is marshalled
        public static extern int GetUse(int who, out Use use);
#pragma warning restore SYSLIB1054

        [StructLayout(LayoutKind.Explicit, Size = 144)] // struct rusage of 64-bit Linux
        public struct Use
        {
            [FieldOffset(0)]
            public long UserSeconds;

            [FieldOffset(8)]
            public long UserMicroseconds;

            [FieldOffset(16)]
            public long SystemSeconds;

            [FieldOffset(24)]
            public long SystemMicroseconds;

            [FieldOffset(128)]
            public long VoluntarySwitches;
        }
    }
}
