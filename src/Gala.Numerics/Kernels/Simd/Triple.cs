namespace Gala.Numerics;

/// <summary>Three vectors side by side, kept in registers.</summary>
internal readonly record struct Triple<TVector>(TVector First, TVector Second, TVector Third)
    where TVector : struct;
