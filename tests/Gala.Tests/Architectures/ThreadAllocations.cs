namespace Gala.Tests.Architectures;

/// <summary>Counts what a runner's thread allocates, whichever agents have their turns there.</summary>
internal sealed class ThreadAllocations
{
    private const int Window = 200; // turns; the fewest bytes of some windows count, since a collection that another test sets off counts a block as used
    private long _before;

    /// <summary>Turns so far.</summary>
    public int Turns { get; private set; }

    /// <summary>Fewest bytes of any window but the first, which warms up; 0 if the thread never had a second one.</summary>
    public long Least { get; private set; }

    /// <summary>Counts a turn. On that thread.</summary>
    public void CountTurn()
    {
        if (Turns++ % Window != 0)
        {
            return;
        }

        long now = GC.GetAllocatedBytesForCurrentThread();
        if (Turns > Window)
        {
            Least = Turns > 2 * Window ? Math.Min(Least, now - _before) : now - _before;
        }

        _before = now;
    }
}
