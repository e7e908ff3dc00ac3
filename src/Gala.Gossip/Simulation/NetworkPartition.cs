namespace Gala.Gossip;

/// <summary>A time in which some agents cannot reach others: what is sent between different groups is lost.</summary>
/// <param name="From">When it begins; messages on their way then still arrive.</param>
/// <param name="Until">When it heals.</param>
/// <param name="GroupOf">The group of an agent, by rank.</param>
public sealed record NetworkPartition(TimeSpan From, TimeSpan Until, Func<int, int> GroupOf)
{
    /// <summary>Whether it loses what one agent sends another at that moment.</summary>
    public bool Separates(int sender, int receiver, TimeSpan time) =>
        time >= From && time < Until && GroupOf(sender) != GroupOf(receiver);
}
