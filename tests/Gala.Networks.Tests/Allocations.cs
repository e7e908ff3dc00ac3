namespace Gala.Networks.Tests;

/// <summary>Counts what work allocates on its thread.</summary>
internal static class Allocations
{
    private const int Tries = 5;

    /// <summary>The fewest bytes of a few tries: a collection that another test sets off meanwhile counts the rest of the thread's
    /// allocation block as used, while what the work itself allocates comes every time.</summary>
    public static long Of(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Tries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
