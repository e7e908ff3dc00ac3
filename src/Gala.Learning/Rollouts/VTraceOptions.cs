namespace Gala.Learning;

/// <summary>Settings of V-trace.</summary>
public sealed record VTraceOptions
{
    /// <summary>γ, in [0, 1].</summary>
    public float Discount { get; init; } = 0.99f;

    /// <summary>ρ̄, above 0: truncates the ratios of the temporal differences, and so decides which policy's values are learned.</summary>
    public float RhoBar { get; init; } = 1;

    /// <summary>c̄, in (0, ρ̄]: truncates the ratios of the trace, and so decides only how fast.</summary>
    public float CBar { get; init; } = 1;

    /// <summary>λ, in [0, 1]: shortens the trace.</summary>
    public float TraceDecay { get; init; } = 1;
}
