namespace Gala.Measuring;

/// <summary>What networks are measured on; zeros may be skipped.</summary>
internal enum ObservationKind
{
    /// <summary>Uniform in (0, 1]: no zeros.</summary>
    Dense,

    /// <summary>5% ones, the rest zeros.</summary>
    Boards,

    /// <summary>From play of a network that has learnt for a while, with its parameters.</summary>
    Played,
}
