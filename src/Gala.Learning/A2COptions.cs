namespace Gala.Learning;

/// <summary>Settings of an A2C update.</summary>
public sealed record A2COptions
{
    /// <summary>γ.</summary>
    public float Discount { get; init; } = 0.99f;

    /// <summary>λ of generalised advantage estimation; 1 gives plain n-step returns.</summary>
    public float TraceDecay { get; init; } = 1;

    /// <summary>Weights of the loss's terms.</summary>
    public A2CCoefficients Coefficients { get; init; } = A2CCoefficients.Default;

    /// <summary>Largest global norm of a gradient; infinity for no clipping.</summary>
    public double MaxGradientNorm { get; init; } = 0.5;
}
