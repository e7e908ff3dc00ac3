namespace Gala.Learning;

/// <summary>V-trace: targets for a policy from what an older policy did. Allocates nothing.</summary>
/// <remarks>Source: Espeholt et al. 2018 (arXiv 1802.01561), equation 1 and remark 1. In symbols, with π/μ the ratio of the
/// probabilities of the action taken: ρₜ = min(ρ̄, π/μ), cₜ = λ min(c̄, π/μ), δₜ = ρₜ(rₜ + γVₜ₊₁ − Vₜ),
/// vₜ − Vₜ = δₜ + γcₜ(vₜ₊₁ − Vₜ₊₁), advantage ρₜ(rₜ + γvₜ₊₁ − Vₜ). On the policy's own steps, with λ = 1, vₜ is the n-step return.</remarks>
public static class VTrace
{
    /// <summary>Writes vₜ to the rollout's returns and ρₜ(rₜ + γvₜ₊₁ − Vₜ) to its advantages.</summary>
    /// <param name="rollout">Its values, bootstrap and truncation values are those of the policy that learns.</param>
    /// <param name="logRatios">log π(aₜ|xₜ) − log μ(aₜ|xₜ) in nats, shape [T, N].</param>
    /// <param name="options">γ, ρ̄, c̄, λ.</param>
    /// <returns>How many ratios were above ρ̄, of all: 0 to 1.</returns>
    /// <exception cref="ArgumentException">There are not as many ratios as steps.</exception>
    /// <remarks>A terminated step has nothing after it; a truncated one the value of its last observation, where the trace ends.</remarks>
    public static double Compute(Rollout rollout, ReadOnlySpan<float> logRatios, VTraceOptions options)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(options);
        if (logRatios.Length != rollout.Length)
        {
            throw new ArgumentException($"Expected {rollout.Length} ratios, got {logRatios.Length}.", nameof(logRatios));
        }

        ReadOnlySpan<float> nextValues = rollout.BootstrapValues;
        ReadOnlySpan<float> nextTargets = rollout.BootstrapValues;
        int clipped = 0;
        for (int step = rollout.Steps - 1; step >= 0; step--)
        {
            Range rows = rollout.RowsOf(step);
            clipped += Step(rollout, rows, logRatios[rows], nextValues, nextTargets, options);
            nextValues = rollout.Values[rows];
            nextTargets = rollout.Returns[rows];
        }

        return (double)clipped / rollout.Length;
    }

    private static int Step(
        Rollout rollout,
        Range rows,
        ReadOnlySpan<float> logRatios,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<float> nextTargets,
        VTraceOptions options)
    {
        ReadOnlySpan<float> rewards = rollout.Rewards[rows];
        ReadOnlySpan<float> values = rollout.Values[rows];
        Span<float> targets = rollout.Returns[rows];
        Span<float> advantages = rollout.Advantages[rows];
        int clipped = 0;
        for (int i = 0; i < logRatios.Length; i++)
        {
            float ratio = MathF.Exp(logRatios[i]);
            float rho = MathF.Min(options.RhoBar, ratio);
            float c = options.TraceDecay * MathF.Min(options.CBar, ratio);
            clipped += ratio > options.RhoBar ? 1 : 0;
            (float nextValue, float nextTarget) =
                rollout.Terminated[rows][i] ? (0, 0)
                : rollout.Truncated[rows][i] ? (rollout.TruncationValues[rows][i], rollout.TruncationValues[rows][i])
                : (nextValues[i], nextTargets[i]);
            float delta = rho * (rewards[i] + (options.Discount * nextValue) - values[i]);
            targets[i] = values[i] + delta + (options.Discount * c * (nextTarget - nextValue));
            advantages[i] = rho * (rewards[i] + (options.Discount * nextTarget) - values[i]);
        }

        return clipped;
    }
}
