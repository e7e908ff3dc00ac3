namespace Gala.Numerics;

/// <summary>A row or a column of a tile: four vectors kept in registers.</summary>
internal readonly record struct Line<TVector>(TVector First, TVector Second, TVector Third, TVector Fourth)
    where TVector : struct;
