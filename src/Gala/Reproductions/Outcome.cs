namespace Gala.Reproductions;

/// <summary>What figures say of a claim.</summary>
public enum Outcome
{
    /// <summary>They bear it out.</summary>
    Holds,

    /// <summary>They speak against it.</summary>
    DoesNotHold,

    /// <summary>Their interval holds the threshold, or there is none, as of a single seed.</summary>
    Unclear,
}
