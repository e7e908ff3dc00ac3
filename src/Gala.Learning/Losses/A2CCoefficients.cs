namespace Gala.Learning;

/// <summary>Weights of the terms of the advantage actor-critic's loss.</summary>
/// <param name="Value">Of mean((R − V)²), which has no further ½.</param>
/// <param name="Entropy">Of the mean entropy in nats, which is subtracted.</param>
public readonly record struct A2CCoefficients(float Value, float Entropy)
{
    /// <summary>Value 0.5, entropy 0.01, as in the GALA paper's code.</summary>
    public static A2CCoefficients Default { get; } = new(0.5f, 0.01f);
}
