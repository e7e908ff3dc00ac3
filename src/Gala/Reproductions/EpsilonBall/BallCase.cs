using System.Globalization;

namespace Gala.Reproductions;

/// <summary>One setting of the ε-ball's reproduction.</summary>
/// <param name="Topology">Name of the graph.</param>
/// <param name="Agents">n.</param>
/// <param name="RateFactor">Learning rate over the default.</param>
/// <param name="Delay">τ, in rounds.</param>
internal sealed record BallCase(string Topology, int Agents, double RateFactor, int Delay)
{
    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Topology} of {Agents}, rate x {RateFactor:0.#}, delay {Delay}");
}
