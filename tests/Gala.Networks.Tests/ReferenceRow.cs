namespace Gala.Networks.Tests;

/// <summary>What a row comes to.</summary>
/// <param name="Logits">Shape [actions].</param>
/// <param name="Value">V.</param>
/// <param name="NextState">h and c after it; empty without memory.</param>
internal sealed record ReferenceRow(double[] Logits, double Value, double[] NextState);
