namespace Gala.Architectures;

/// <summary>Decides of how many updates an agent knows when it begins the next one.</summary>
public interface IShares
{
    /// <summary>Updates that the agent is to count on. On the agent's thread, before each update.</summary>
    /// <param name="updates">Updates done.</param>
    /// <param name="expected">Updates that it was told to expect by now; 0 if it was told nothing.</param>
    long At(long updates, long expected);
}
