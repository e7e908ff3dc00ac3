namespace Gala.Learning;

/// <summary>What an agent lived through between two updates: T steps of N simulators, written in place and used again every time.</summary>
/// <remarks>Every [T, N] buffer is time-major: step t of simulator n is at t · N + n, the row order of the network's batch.</remarks>
public sealed class Rollout
{
    private readonly int[] _actions;
    private readonly bool[] _terminated;
    private readonly bool[] _truncated;
    private readonly bool[] _ended;
    private readonly float[] _rewards;
    private readonly float[] _values;
    private readonly float[] _truncationValues;
    private readonly float[] _bootstrapValues;
    private readonly float[] _returns;
    private readonly float[] _advantages;

    /// <summary>Allocates every buffer, zeroed.</summary>
    /// <param name="steps">T.</param>
    /// <param name="simulators">N.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public Rollout(int steps, int simulators)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(simulators, 1);
        (Steps, Simulators) = (steps, simulators);
        int length = Length;
        (_actions, _terminated, _truncated, _ended) = (new int[length], new bool[length], new bool[length], new bool[length]);
        (_rewards, _values, _truncationValues) = (new float[length], new float[length], new float[length]);
        (_returns, _advantages, _bootstrapValues) = (new float[length], new float[length], new float[simulators]);
    }

    /// <summary>T, environment steps of each simulator.</summary>
    public int Steps { get; }

    /// <summary>N.</summary>
    public int Simulators { get; }

    /// <summary>T · N, rows of the update's batch.</summary>
    public int Length => checked(Steps * Simulators);

    /// <summary>aₜ, shape [T, N].</summary>
    public Span<int> Actions => _actions;

    /// <summary>rₜ, shape [T, N]: what the action gave.</summary>
    public Span<float> Rewards => _rewards;

    /// <summary>Whether the step ended its episode by the task's own rules, shape [T, N]: the value of what follows is 0. Wins over <see cref="Truncated"/>.</summary>
    public Span<bool> Terminated => _terminated;

    /// <summary>Whether the step's episode was cut off from outside, shape [T, N]: what follows is worth <see cref="TruncationValues"/>.</summary>
    public Span<bool> Truncated => _truncated;

    /// <summary>Whether the step ended its episode in either way, shape [T, N]: a network's memory does not reach across.</summary>
    public Span<bool> Ended => _ended;

    /// <summary>V(sₜ), shape [T, N], of the observation that was acted on.</summary>
    public Span<float> Values => _values;

    /// <summary>V of the episode's true last observation, shape [T, N]; read only where <see cref="Truncated"/>.</summary>
    public Span<float> TruncationValues => _truncationValues;

    /// <summary>V(s_T), shape [N], of the observation after the last step; not read where that step ended an episode.</summary>
    public Span<float> BootstrapValues => _bootstrapValues;

    /// <summary>Rₜ, shape [T, N]: the targets of the critic; written by <see cref="Learning.Returns"/>.</summary>
    public Span<float> Returns => _returns;

    /// <summary>Aₜ, shape [T, N]: the weights of the policy gradient; written by <see cref="Learning.Returns"/>.</summary>
    public Span<float> Advantages => _advantages;

    /// <summary>Where step t lies in every [T, N] buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is not in [0, T).</exception>
    public Range RowsOf(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        return (step * Simulators)..((step + 1) * Simulators);
    }
}
