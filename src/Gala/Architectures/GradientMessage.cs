using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>Where the parts of a message lie in gossip by gradients: parameters, mean squares or not, gradient, and a mark of each agent.</summary>
/// <remarks>Each part starts on a cache line, as if it were a vector of its own.</remarks>
/// <param name="Parameters">P.</param>
/// <param name="Agents">n.</param>
/// <param name="IsOfAll">Whether everybody hears everybody; then the mean squares do not travel.</param>
public readonly record struct GradientMessage(int Parameters, int Agents, bool IsOfAll)
{
    private const int Line = 16; // elements

    /// <summary>Elements of a message.</summary>
    public int Length => checked(Marks + Agents);

    /// <summary>Where the mean squares start, if they travel.</summary>
    public int MeanSquares => Stride;

    /// <summary>Where the gradient starts.</summary>
    public int Gradient => IsOfAll ? Stride : checked(2 * Stride);

    /// <summary>Where the marks start.</summary>
    public int Marks => checked(Gradient + Stride);

    private int Stride => checked((Parameters + Line - 1) / Line * Line);

    /// <summary>The message of a graph: where everybody hears everybody, all step by the same gradient, and their mean squares agree by themselves.</summary>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameters">P.</param>
    public static GradientMessage For(Topology topology, int parameters)
    {
        ArgumentNullException.ThrowIfNull(topology);
        bool isComplete = topology.Period == 1
            && Enumerable.Range(0, topology.Agents).All(agent => topology.InPeers(agent).Length == topology.Agents - 1);
        return new GradientMessage(parameters, topology.Agents, isComplete);
    }
}
