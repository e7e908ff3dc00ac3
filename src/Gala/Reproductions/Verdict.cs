namespace Gala.Reproductions;

/// <summary>Whether a claim held.</summary>
/// <param name="Claim">As the paper has it, with its source.</param>
/// <param name="Outcome">What the figures say.</param>
/// <param name="Figures">The figures.</param>
public sealed record Verdict(string Claim, Outcome Outcome, string Figures);
