using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Gala.Mpi.Programs;

/// <summary>Demands of a program; one that does not hold ends all processes.</summary>
internal static class Require
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"does not hold: {what}");
        }
    }

    /// <summary>For what comes by itself, soon.</summary>
    public static void Soon(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        long start = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (!holds())
        {
            That(Stopwatch.GetElapsedTime(start) < Patience, what);
            spin.SpinOnce();
        }
    }
}
