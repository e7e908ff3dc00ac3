namespace Gala.Environments;

/// <summary>A finished episode.</summary>
/// <param name="Step">Steps that the simulator had played, this episode's last one included, when it ended.</param>
/// <param name="Simulator">Global index of the simulator, unique among all agents of a run.</param>
/// <param name="Return">Sum of the rewards, not discounted.</param>
/// <param name="Length">Steps of the episode.</param>
public readonly record struct Episode(long Step, int Simulator, double Return, int Length) : IComparable<Episode>
{
    /// <summary>Place among all episodes of the run, which <see cref="EpisodeOrder"/> gives; <see cref="Step"/> unless it is given.</summary>
    public long Order { get; init; } = Step;

    /// <summary>Orders by <see cref="Order"/>, then by simulator.</summary>
    /// <remarks>Where simulators keep step with each other, the order of the episodes of several agents is so the same however their threads were
    /// scheduled.</remarks>
    public int CompareTo(Episode other) =>
        Order != other.Order ? Order.CompareTo(other.Order) : Simulator.CompareTo(other.Simulator);

    /// <summary>Whether <paramref name="left"/> ended before <paramref name="right"/>.</summary>
    public static bool operator <(Episode left, Episode right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> ended after <paramref name="right"/>.</summary>
    public static bool operator >(Episode left, Episode right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> did not end after <paramref name="right"/>.</summary>
    public static bool operator <=(Episode left, Episode right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> did not end before <paramref name="right"/>.</summary>
    public static bool operator >=(Episode left, Episode right) => left.CompareTo(right) >= 0;
}
