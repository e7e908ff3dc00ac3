namespace Gala.Reproductions;

/// <summary>What figures say of a claim.</summary>
public enum Outcome
{
    /// <summary>They bear it out.</summary>
    Holds,

    /// <summary>They speak against it.</summary>
    DoesNotHold,

    /// <summary>They differ by less than they scatter, or point both ways.</summary>
    Unclear,
}
