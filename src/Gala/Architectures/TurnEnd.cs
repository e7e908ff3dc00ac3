namespace Gala.Architectures;

/// <summary>How a turn can end.</summary>
public enum TurnEnd
{
    /// <summary>Its work is done, and more is to come.</summary>
    Done,

    /// <summary>It cannot go on before something has come.</summary>
    Waiting,

    /// <summary>There is nothing more to do.</summary>
    Ended,
}
