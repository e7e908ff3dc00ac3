namespace Gala.Numerics;

/// <summary>Everything a row product works on, gathered so that choosing the vector width passes one reference.</summary>
internal readonly unsafe struct RowProductArguments
{
    public required int Rows { get; init; }

    public required RowLayout Left { get; init; }

    public required RowSegments Segments { get; init; }

    public required PackedMatrix Right { get; init; }

    public required RowLayout Target { get; init; }

    // Null where the sums start at zero; unused when accumulating.
    public float* Bias { get; init; }

    public bool Accumulate { get; init; }

    // Where the outputs are gradients: the activations that they still have to pass, in rows like the target's.
    public RowLayout Activations { get; init; }

    public ActivationGradient ActivationGradient { get; init; }

    // Outputs below it are raised to it: 0 for a rectifier, negative infinity for none.
    public required float Floor { get; init; }
}
