namespace Gala.Learning.Tests;

/// <summary>V-trace's actor-critic for a network without hidden layers, in double precision and as the paper writes it: the targets by
/// the sum of equation 1, the gradient by central differences of the loss with targets and ratios held.</summary>
internal sealed class LinearReference(Rollout rollout, float[] behaviour, float[] observations, int actions)
{
    private const double Step = 1e-5;
    private readonly int _features = observations.Length / ((rollout.Steps + 1) * rollout.Simulators);

    public double[] Gradient(double[] parameters, VTraceOptions options, A2CCoefficients coefficients)
    {
        (double[] targets, double[] advantages) = Targets(parameters, options);
        double[] gradient = new double[parameters.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            double[] above = [.. parameters], below = [.. parameters];
            above[i] += Step;
            below[i] -= Step;
            gradient[i] = (Loss(above, targets, advantages, coefficients) - Loss(below, targets, advantages, coefficients)) / (2 * Step);
        }

        return gradient;
    }

    public double ClippedShare(double[] parameters, VTraceOptions options) =>
        Enumerable.Range(0, rollout.Length).Count(row => Ratio(parameters, row) > options.RhoBar) / (double)rollout.Length;

    private double Loss(double[] parameters, double[] targets, double[] advantages, A2CCoefficients coefficients)
    {
        double loss = 0;
        for (int row = 0; row < rollout.Length; row++)
        {
            double[] policy = Policy(parameters, row);
            double error = targets[row] - Value(parameters, row);
            loss += coefficients.Value * error * error;
            loss -= advantages[row] * Math.Log(policy[rollout.Actions[row]]);
            loss += coefficients.Entropy * policy.Sum(p => p * Math.Log(p));
        }

        return loss / rollout.Length;
    }

    private (double[] Targets, double[] Advantages) Targets(double[] parameters, VTraceOptions options)
    {
        double[] targets = [.. Enumerable.Range(0, rollout.Length).Select(row => Target(parameters, row, options))];
        double[] advantages = [.. Enumerable.Range(0, rollout.Length).Select(row => Math.Min(options.RhoBar, Ratio(parameters, row))
            * (rollout.Rewards[row] + (options.Discount * After(row, next => targets[next], parameters)) - Value(parameters, row)))];
        return (targets, advantages);
    }

    private double Target(double[] parameters, int start, VTraceOptions options)
    {
        double target = Value(parameters, start);
        double factor = 1;
        for (int row = start; row < rollout.Length; row += rollout.Simulators)
        {
            double ratio = Ratio(parameters, row);
            double next = After(row, following => Value(parameters, following), parameters);
            target += factor * Math.Min(options.RhoBar, ratio) * (rollout.Rewards[row] + (options.Discount * next) - Value(parameters, row));
            factor *= rollout.Ended[row] ? 0 : options.Discount * options.TraceDecay * Math.Min(options.CBar, ratio);
        }

        return target;
    }

    /// <summary>What is worth having after a step.</summary>
    private double After(int row, Func<int, double> worth, double[] parameters) =>
        rollout.Terminated[row] ? 0
        : rollout.Truncated[row] ? rollout.TruncationValues[row]
        : row + rollout.Simulators < rollout.Length ? worth(row + rollout.Simulators)
        : Value(parameters, row + rollout.Simulators);

    private double Ratio(double[] parameters, int row) => Policy(parameters, row)[rollout.Actions[row]] / Math.Exp(behaviour[row]);

    // Order of the parameters: policy.weight [features, actions], policy.bias [actions], value.weight [features], value.bias.
    private double[] Policy(double[] parameters, int row)
    {
        double[] exponentials = [.. Enumerable.Range(0, actions).Select(action => Math.Exp(parameters[(_features * actions) + action]
            + Enumerable.Range(0, _features).Sum(i => observations[(row * _features) + i] * parameters[(i * actions) + action])))];
        double sum = exponentials.Sum();
        return [.. exponentials.Select(exponential => exponential / sum)];
    }

    private double Value(double[] parameters, int row)
    {
        int start = (_features + 1) * actions;
        return parameters[start + _features]
            + Enumerable.Range(0, _features).Sum(i => observations[(row * _features) + i] * parameters[start + i]);
    }
}
