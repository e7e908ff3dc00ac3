namespace Gala.Networks;

/// <summary>A policy and a value function over shared features: all that learning and gossip know of a network.</summary>
/// <remarks>
/// <para>The network owns <see cref="Capacity"/> rows of inputs, activations and outputs. Simulators write observations straight
/// into <see cref="Observations"/>, <see cref="Forward"/> keeps what <see cref="Backward"/> needs, so an update reuses the
/// activations of acting as long as the parameters did not change in between.</para>
/// <para>A row's outputs have the same bits whichever other rows are computed with it.</para>
/// <para>Not thread-safe: one instance belongs to one agent.</para>
/// </remarks>
public interface IActorCritic : IDisposable
{
    /// <summary>The network's structure.</summary>
    NetworkSpec Spec { get; }

    /// <summary>Number of rows that the network holds.</summary>
    int Capacity { get; }

    /// <summary>θ. After writing to it, call <see cref="ParametersChanged"/>.</summary>
    ParameterVector Parameters { get; }

    /// <summary>∂L/∂θ, same layout as <see cref="Parameters"/>.</summary>
    ParameterVector Gradients { get; }

    /// <summary>Says that <see cref="Parameters"/> was written: what is derived from it (packed weights) is made anew.</summary>
    void ParametersChanged();

    /// <summary>Inputs to be written by the caller, shape [rows, observation].</summary>
    Span<float> Observations(int firstRow, int rows);

    /// <summary>Computes logits and values of the given rows from their observations.</summary>
    void Forward(int firstRow, int rows);

    /// <summary>Policy outputs before the softmax, shape [rows, actions], of rows that <see cref="Forward"/> has computed.</summary>
    ReadOnlySpan<float> Logits(int firstRow, int rows);

    /// <summary>State values, shape [rows], of rows that <see cref="Forward"/> has computed.</summary>
    ReadOnlySpan<float> Values(int firstRow, int rows);

    /// <summary>∂L/∂logits to be written by the caller before <see cref="Backward"/>, shape [rows, actions].</summary>
    Span<float> LogitGradients(int firstRow, int rows);

    /// <summary>∂L/∂value to be written by the caller before <see cref="Backward"/>, shape [rows].</summary>
    Span<float> ValueGradients(int firstRow, int rows);

    /// <summary>Sets <see cref="Gradients"/> to the sum over the given rows, from the gradients of their outputs and the kept activations.</summary>
    void Backward(int firstRow, int rows);
}
