using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Which messages of one edge were taken, read from what was decided for the receiver.</summary>
internal sealed class EdgeScript : IEdgeScript
{
    private readonly IEnumerator<long> _taken;

    public EdgeScript(IEnumerable<long> taken)
    {
        _taken = taken.GetEnumerator();
        Advance();
    }

    /// <inheritdoc />
    public long? NextTaken { get; private set; }

    /// <inheritdoc />
    public void Advance() => NextTaken = _taken.MoveNext() ? _taken.Current : null;
}
