namespace Gala.Networks;

/// <summary>Checks of what an optimiser is made with.</summary>
internal static class OptimizerSettings
{
    public static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"'{name}' must be a finite number, 0 or more.");

    public static double Decay(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"'{name}' must be in [0, 1).");

    /// <summary>ε keeps 0 / 0 away from parameters that never had a gradient, so it must not vanish in single precision.</summary>
    public static double Epsilon(double value, string name) => (float)value > 0 && float.IsFinite((float)value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"'{name}' must be positive in single precision.");

    public static KeyNotFoundException Unknown(string name, IReadOnlyList<string> known) =>
        new($"The optimiser keeps no '{name}'; it keeps {(known.Count == 0 ? "nothing" : string.Join(", ", known))}.");
}
