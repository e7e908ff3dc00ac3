namespace Gala.Networks;

/// <summary>A policy and a value function over shared features: all that learning and gossip know of a network.</summary>
/// <remarks>
/// <para>The network owns <see cref="Capacity"/> rows of inputs, activations and outputs. Simulators write observations straight
/// into <see cref="Observations"/>, <see cref="Forward"/> keeps what <see cref="Backward(int, int)"/> needs, so an update reuses the
/// activations of acting as long as the parameters did not change in between.</para>
/// <para>A network with a memory computes a row from its observation and from the state that the row starts from; the caller carries
/// states from row to row and clears them where an episode starts. Without memory states have no elements.</para>
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

    /// <summary>Floats of one row's state, h and then c of an LSTM; 0 for a network without memory.</summary>
    int StateLength { get; }

    /// <summary>States that rows start from, to be written by the caller, shape [rows, <see cref="StateLength"/>]; zeros at an episode's start.</summary>
    Span<float> States(int firstRow, int rows);

    /// <summary>States after rows that were computed, shape [rows, <see cref="StateLength"/>].</summary>
    ReadOnlySpan<float> NextStates(int firstRow, int rows);

    /// <summary>Computes logits, values and next states of the given rows from their observations and states.</summary>
    void Forward(int firstRow, int rows);

    /// <summary>Computes trajectories at once, to the bits of <see cref="Forward"/> step by step: row t · N + n from
    /// <paramref name="firstRow"/> on is step t of simulator n.</summary>
    /// <param name="firstRow">First row. The states of the first step are the caller's; those of later steps are written.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="simulators">N.</param>
    /// <param name="ended">Whether a step ended its episode, shape [T, N], so that the next starts from zeros; the last step's are not
    /// read and may be missing.</param>
    /// <exception cref="ArgumentException">There are too few ends of episodes.</exception>
    void Unroll(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended);

    /// <summary>Policy outputs before the softmax, shape [rows, actions], of rows that <see cref="Forward"/> has computed.</summary>
    ReadOnlySpan<float> Logits(int firstRow, int rows);

    /// <summary>State values, shape [rows], of rows that <see cref="Forward"/> has computed.</summary>
    ReadOnlySpan<float> Values(int firstRow, int rows);

    /// <summary>∂L/∂logits to be written by the caller before <see cref="Backward(int, int)"/>, shape [rows, actions].</summary>
    Span<float> LogitGradients(int firstRow, int rows);

    /// <summary>∂L/∂value to be written by the caller before <see cref="Backward(int, int)"/>, shape [rows].</summary>
    Span<float> ValueGradients(int firstRow, int rows);

    /// <summary>Sets <see cref="Gradients"/> to the sum over the given rows, from the gradients of their outputs and the kept activations.</summary>
    /// <remarks>Each row by itself: states count as given. <see cref="Backward(int, int, int, ReadOnlySpan{bool})"/> goes through them.</remarks>
    void Backward(int firstRow, int rows);

    /// <summary>Sets <see cref="Gradients"/> to the sum over trajectories, through the states from each step to the one before in its
    /// episode. The first step's states count as given.</summary>
    /// <inheritdoc cref="Unroll"/>
    void Backward(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended);
}
