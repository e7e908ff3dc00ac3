namespace Gala.Measuring.Clusters;

/// <summary>Ages of the messages that were mixed, in updates; negative where their senders were ahead.</summary>
/// <param name="Mean">Over all mixes.</param>
/// <param name="Percentile95">No more than this in 95 of 100 mixes.</param>
/// <param name="Max">The oldest.</param>
public sealed record StalenessSummary(double Mean, long Percentile95, long Max)
{
    /// <summary>Of counts by age; all zero if there are none.</summary>
    internal static StalenessSummary Of(SortedDictionary<long, long> counts)
    {
        long total = counts.Values.Sum(), below = 0;
        if (total == 0)
        {
            return new StalenessSummary(0, 0, 0);
        }

        return new StalenessSummary(
            counts.Sum(entry => (double)entry.Key * entry.Value) / total,
            counts.First(entry => (below += entry.Value) >= 0.95 * total).Key,
            counts.Keys.Last());
    }
}
