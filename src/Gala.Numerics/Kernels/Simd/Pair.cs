namespace Gala.Numerics;

/// <summary>Two vectors side by side, kept in registers.</summary>
internal readonly record struct Pair<TVector>(TVector First, TVector Second)
    where TVector : struct;
