namespace Gala.Gossip;

/// <summary>How parameters are written in messages.</summary>
public enum MessageFormat
{
    /// <summary>As they are, four bytes each.</summary>
    Exact,

    /// <summary>Rounded to <see cref="Numerics.BFloat16"/>, two bytes each.</summary>
    BFloat16,
}
