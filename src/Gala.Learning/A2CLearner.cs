using Gala.Networks;

namespace Gala.Learning;

/// <summary>Advantage actor-critic: turns a rollout into one step of the optimiser.</summary>
/// <remarks>Source: Mnih et al. 2016 (arXiv 1602.01783), synchronous; settings of Assran et al. 2019 (arXiv 1906.04585).</remarks>
public sealed class A2CLearner
{
    private readonly IActorCritic _network;
    private readonly IOptimizer _optimizer;
    private readonly A2COptions _options;
    private readonly PhaseClock _clock;

    /// <summary>Joins a network, its optimiser and the loss's settings.</summary>
    /// <param name="network">Learns.</param>
    /// <param name="optimizer">Of its parameters.</param>
    /// <param name="options">Of returns and loss.</param>
    /// <param name="clock">The agent's, told of phases; null for none.</param>
    public A2CLearner(IActorCritic network, IOptimizer optimizer, A2COptions options, PhaseClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(options);
        (_network, _optimizer, _options, _clock) = (network, optimizer, options, clock ?? new PhaseClock());
    }

    /// <summary>One update from a rollout whose forward passes the network still holds in rows 0 to T · N − 1.</summary>
    /// <remarks>Writes the network's parameters; the caller says so with <see cref="IActorCritic.ParametersChanged"/> once it is done with
    /// them, since gossip may change them again first.</remarks>
    public LearningStatistics Update(Rollout rollout, double learningRate) => Step(ComputeGradients(rollout), learningRate);

    /// <summary>The gradient of the mean loss over a rollout whose forward passes the network still holds in rows 0 to T · N − 1.</summary>
    public LossStatistics ComputeGradients(Rollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        _clock.Enter(Phase.Learn);
        int rows = rollout.Steps * rollout.Simulators;
        ComputeTargets(rollout);
        LossStatistics loss = A2CLoss.Compute(
            _network.Logits(0, rows),
            rollout.Actions,
            _network.Values(0, rows),
            rollout.Returns,
            rollout.Advantages,
            _options.Coefficients,
            _network.LogitGradients(0, rows),
            _network.ValueGradients(0, rows));
        _network.Backward(0, rollout.Steps, rollout.Simulators, rollout.Ended);
        return loss;
    }

    /// <summary>Clips the network's gradients, whether or not they were averaged with others' since, and makes a step of the optimiser.</summary>
    /// <param name="loss">What <see cref="ComputeGradients"/> found, for the statistics.</param>
    /// <param name="learningRate">η.</param>
    public LearningStatistics Step(LossStatistics loss, double learningRate) => Step(loss, learningRate, _network.Parameters.Span);

    /// <summary>The same for parameters that lie elsewhere, such as newer ones than those that the gradients were computed at.</summary>
    /// <param name="loss">What <see cref="ComputeGradients"/> found, for the statistics.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    public LearningStatistics Step(LossStatistics loss, double learningRate, Span<float> parameters)
    {
        _clock.Enter(Phase.Optimize);
        return OptimizerStep.Make(_network, _optimizer, loss, learningRate, _options.MaxGradientNorm, parameters);
    }

    /// <summary>The same by the mean of some agents' gradients, for an optimiser that keeps statistics of the mean of all.</summary>
    /// <param name="loss">What <see cref="ComputeGradients"/> found, for the statistics.</param>
    /// <param name="gradient">What came of the exchange of gradients.</param>
    /// <param name="learningRate">η.</param>
    /// <exception cref="InvalidOperationException">The optimiser is not RMSProp.</exception>
    public LearningStatistics Step(LossStatistics loss, in SampledGradient gradient, double learningRate)
    {
        _clock.Enter(Phase.Optimize);
        RmsProp optimizer = _optimizer as RmsProp
            ?? throw new InvalidOperationException($"A step by gradients of several agents is one of RMSProp, not of {_optimizer.GetType().Name}.");
        return OptimizerStep.Make(gradient, optimizer, loss, learningRate, _options.MaxGradientNorm, _network.Parameters.Span);
    }

    private void ComputeTargets(Rollout rollout)
    {
        if (_options.TraceDecay == 1)
        {
            Returns.NStep(rollout, _options.Discount);
        }
        else
        {
            Returns.GeneralizedAdvantage(rollout, _options.Discount, _options.TraceDecay);
        }
    }
}
