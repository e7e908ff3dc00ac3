namespace Gala.Gossip;

/// <summary>An exchange after every H-th update, as in local stochastic gradient descent.</summary>
/// <param name="interval">H, 1 or more.</param>
public sealed class EveryNth(long interval) : IGossipRule
{
    private readonly long _interval = interval > 0 ? interval : throw new ArgumentOutOfRangeException(nameof(interval));

    /// <inheritdoc />
    public bool IsCommon => true;

    /// <inheritdoc />
    public bool IsDue(in CompletedUpdate update) => update.Number % _interval == 0;
}
