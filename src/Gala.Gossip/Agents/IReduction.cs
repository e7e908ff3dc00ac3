namespace Gala.Gossip;

/// <summary>Agents that agree on the mean of their vectors in every exchange.</summary>
public interface IReduction : IDisposable
{
    /// <summary>One agent's part, always the same object.</summary>
    /// <param name="rank">Among the agents of this process.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no agent of that rank.</exception>
    IGossip Agent(int rank);
}
