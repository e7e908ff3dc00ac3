namespace Gala.Gossip;

/// <summary>What a <see cref="SimulatedNetwork"/> does to messages.</summary>
public sealed record NetworkConditions
{
    /// <summary>Decides, with the edge and the message's iteration, every random number.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long a message travels. Messages overtake each other as their delays have it.</summary>
    public DurationDistribution Delay { get; init; } = DurationDistribution.None;

    /// <summary>Probability that a message is lost, in [0, 1].</summary>
    public double Loss { get; init; }

    /// <summary>When whom cannot reach whom.</summary>
    public IReadOnlyList<NetworkPartition> Partitions { get; init; } = [];

    internal bool LosesNothing => Loss == 0 && Partitions.Count == 0;

    internal bool Loses(int sender, int receiver, long iteration, TimeSpan time)
    {
        if (Loss > 0 && SimulationDraw.Loss.Uniforms(Seed, sender, receiver, iteration).First < Loss)
        {
            return true;
        }

        foreach (NetworkPartition partition in Partitions)
        {
            if (partition.Separates(sender, receiver, time))
            {
                return true;
            }
        }

        return false;
    }

    internal TimeSpan DelayOf(int sender, int receiver, long iteration) =>
        Delay.Draw(SimulationDraw.Delay.Uniforms(Seed, sender, receiver, iteration));
}
