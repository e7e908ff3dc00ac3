namespace Gala.Gossip;

/// <summary>An exchange after every update: GALA as published (Assran et al. 2019, algorithm 1).</summary>
public sealed class EveryUpdate : IGossipRule
{
    /// <inheritdoc />
    public bool IsCommon => true;

    /// <inheritdoc />
    public bool IsDue(in CompletedUpdate update) => true;
}
