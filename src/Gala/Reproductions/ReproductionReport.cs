using Gala.Figures;

namespace Gala.Reproductions;

/// <summary>What a reproduction found.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Setting">What was run, a paragraph each.</param>
/// <param name="Verdicts">One for each claim.</param>
/// <param name="Tables">The first is the one that is kept as data.</param>
/// <param name="Charts">Each under its file's name without an ending.</param>
public sealed record ReproductionReport(
    string Title,
    IReadOnlyList<string> Setting,
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<(string Name, IPicture Picture)> Charts);
