namespace Gala.Architectures;

/// <summary>Policy lag: by how many updates the parameters that acted were behind those that are updated.</summary>
/// <remarks>Any thread may add and read; allocates nothing.</remarks>
public sealed class LagStatistics
{
    private long _count;
    private long _sum;
    private long _largest;

    /// <summary>Mean over all updates; null before the first.</summary>
    public double? Mean => Volatile.Read(ref _count) is > 0 and long count ? (double)Volatile.Read(ref _sum) / count : null;

    /// <summary>The largest; null before the first update.</summary>
    public double? Largest => Volatile.Read(ref _count) > 0 ? Volatile.Read(ref _largest) : null;

    /// <summary>The gauges that report it.</summary>
    public IReadOnlyList<Gauge> Gauges =>
    [
        new("policyLag", "policy lag", () => Mean),
        new("largestPolicyLag", "largest policy lag", () => Largest),
    ];

    /// <summary>Takes in the lag of one update.</summary>
    public void Add(long lag)
    {
        Interlocked.Add(ref _sum, lag);
        Interlocked.Increment(ref _count);
        long largest = Volatile.Read(ref _largest);
        while (lag > largest)
        {
            long seen = Interlocked.CompareExchange(ref _largest, lag, largest);
            if (seen == largest)
            {
                return;
            }

            largest = seen;
        }
    }
}
