namespace Gala.Architectures;

/// <summary>How a turn can end.</summary>
public enum TurnEnd
{
    /// <summary>Its work is done, and more is to come.</summary>
    Done,

    /// <summary>It cannot go on before something has come.</summary>
    Waiting,

    /// <summary>It could go on, but something that it would gladly have is likely to come soon: a good moment for others.</summary>
    Yielded,

    /// <summary>There is nothing more to do.</summary>
    Ended,
}
