namespace Gala.Numerics;

/// <summary>The derivative of an activation that a product's outputs are multiplied by, from the activation's own outputs y.</summary>
public enum ActivationGradient
{
    /// <summary>1.</summary>
    None,

    /// <summary>1 where y &gt; 0, else 0.</summary>
    Relu,

    /// <summary>1 − y².</summary>
    Tanh,
}
