using Gala.Networks;

namespace Gala.Learning;

/// <summary>Actor-critic on what an older policy did: turns trajectories into one step of the optimiser, corrected by V-trace.</summary>
/// <remarks>Source: Espeholt et al. 2018 (arXiv 1802.01561), section 4.2. With μ the policy that acted and π the one that learns, the
/// gradient is that of c_V (vₜ − Vₜ)² − ρₜ(rₜ + γvₜ₊₁ − Vₜ) log π(aₜ|xₜ) − c_H H(π), mean over all steps, with targets and ratios
/// held constant.</remarks>
public sealed class VTraceLearner
{
    private readonly IActorCritic _network;
    private readonly IOptimizer _optimizer;
    private readonly A2COptions _options;
    private readonly VTraceOptions _traces;
    private readonly PhaseClock _clock;
    private float[] _logRatios = [];

    /// <summary>Joins a network, its optimiser and the settings.</summary>
    /// <param name="network">Learns; holds T + 1 rows for each simulator.</param>
    /// <param name="optimizer">Of its parameters.</param>
    /// <param name="options">Of the loss; discount and trace are <paramref name="traces"/>'.</param>
    /// <param name="traces">Of V-trace.</param>
    /// <param name="clock">The agent's, told of phases; null for none.</param>
    public VTraceLearner(
        IActorCritic network, IOptimizer optimizer, A2COptions options, VTraceOptions traces, PhaseClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(traces);
        (_network, _optimizer, _options, _traces, _clock) = (network, optimizer, options, traces, clock ?? new PhaseClock());
    }

    /// <summary>Share of the last update's steps whose ratio π/μ was cut at ρ̄, 0 to 1.</summary>
    public double ClippedShare { get; private set; }

    /// <summary>The gradient of the mean loss, left in the network.</summary>
    /// <param name="rollout">Actions, rewards, ends and truncation values of T steps; values, returns and advantages are written.</param>
    /// <param name="behaviour">log μ(aₜ|xₜ) in nats, shape [T, N].</param>
    /// <exception cref="ArgumentException">There are not as many log-probabilities as steps.</exception>
    /// <remarks>The network's rows 0 to (T + 1) · N − 1 hold the observations, the first N also the states that they start from; all
    /// else is computed anew with the present parameters, save the values of truncated episodes' last observations, which remain the
    /// actor's.</remarks>
    public LossStatistics ComputeGradients(Rollout rollout, ReadOnlySpan<float> behaviour)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        _clock.Enter(Phase.Learn);
        int rows = rollout.Length;
        _network.Unroll(0, rollout.Steps + 1, rollout.Simulators, rollout.Ended);
        _network.Values(0, rows).CopyTo(rollout.Values);
        _network.Values(rows, rollout.Simulators).CopyTo(rollout.BootstrapValues);
        ClippedShare = VTrace.Compute(rollout, LogRatios(rollout, behaviour), _traces);
        LossStatistics loss = A2CLoss.Compute(
            _network.Logits(0, rows),
            rollout.Actions,
            rollout.Values,
            rollout.Returns,
            rollout.Advantages,
            _options.Coefficients,
            _network.LogitGradients(0, rows),
            _network.ValueGradients(0, rows));
        _network.Backward(0, rollout.Steps, rollout.Simulators, rollout.Ended);
        return loss;
    }

    /// <summary>Clips the network's gradients and makes a step of the optimiser; the caller says that the parameters changed.</summary>
    /// <param name="loss">What <see cref="ComputeGradients"/> found, for the statistics.</param>
    /// <param name="learningRate">η.</param>
    public LearningStatistics Step(LossStatistics loss, double learningRate)
    {
        _clock.Enter(Phase.Optimize);
        return OptimizerStep.Make(_network, _optimizer, loss, learningRate, _options.MaxGradientNorm, _network.Parameters.Span);
    }

    /// <summary>log π − log μ of the actions taken.</summary>
    private ReadOnlySpan<float> LogRatios(Rollout rollout, ReadOnlySpan<float> behaviour)
    {
        if (behaviour.Length != rollout.Length)
        {
            throw new ArgumentException($"Expected {rollout.Length} log-probabilities, got {behaviour.Length}.", nameof(behaviour));
        }

        if (_logRatios.Length != rollout.Length)
        {
            _logRatios = new float[rollout.Length];
        }

        LogProbabilities.OfActions(_network.Logits(0, rollout.Length), rollout.Actions, _logRatios);
        for (int i = 0; i < _logRatios.Length; i++)
        {
            _logRatios[i] -= behaviour[i];
        }

        return _logRatios;
    }
}
