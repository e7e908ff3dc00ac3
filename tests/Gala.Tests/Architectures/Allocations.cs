namespace Gala.Tests.Architectures;

/// <summary>Holds work to allocating nothing.</summary>
internal static class Allocations
{
    /// <summary>Runs the work until it is warm, then a thousand times more.</summary>
    public static void AssertNone(Action work)
    {
        for (int i = 0; i < 50; i++)
        {
            work();
        }

        // A collection that another test sets off counts the rest of this thread's allocation block as used, so the fewest of some tries counts.
        long least = long.MaxValue;
        for (int tries = 0; tries < 3 && least > 0; tries++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                work();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
