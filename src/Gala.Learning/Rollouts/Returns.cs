namespace Gala.Learning;

/// <summary>Turns the rewards of a rollout into targets of the critic and advantages of the policy. Allocates nothing.</summary>
public static class Returns
{
    /// <summary>n-step returns: Rₜ = rₜ + γRₜ₊₁, with R_T = V(s_T); advantages Rₜ − V(sₜ).</summary>
    /// <param name="rollout">Its returns and advantages are written.</param>
    /// <param name="discount">γ, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="discount"/> is not in [0, 1].</exception>
    /// <remarks>A terminated step has nothing in place of Rₜ₊₁, a truncated one the value of its episode's last observation, so
    /// nothing crosses the end of an episode. Source: Mnih et al. 2016 (arXiv 1602.01783), algorithm S3.</remarks>
    public static void NStep(Rollout rollout, float discount)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ThrowUnlessFraction(discount, nameof(discount));
        ReadOnlySpan<float> following = rollout.BootstrapValues;
        for (int step = rollout.Steps - 1; step >= 0; step--)
        {
            Range rows = rollout.RowsOf(step);
            Span<float> returns = rollout.Returns[rows];
            Span<float> advantages = rollout.Advantages[rows];
            ReadOnlySpan<float> rewards = rollout.Rewards[rows];
            ReadOnlySpan<float> values = rollout.Values[rows];
            for (int i = 0; i < returns.Length; i++)
            {
                returns[i] = rewards[i] + (discount * ValueOfNext(rollout, rows, i, following[i]));
                advantages[i] = returns[i] - values[i];
            }

            following = returns;
        }
    }

    /// <summary>Generalised advantage estimation: δₜ = rₜ + γV(sₜ₊₁) − V(sₜ), Aₜ = δₜ + γλAₜ₊₁; returns Aₜ + V(sₜ).</summary>
    /// <param name="rollout">Its returns and advantages are written.</param>
    /// <param name="discount">γ, in [0, 1].</param>
    /// <param name="traceDecay">λ, in [0, 1]: 0 gives one-step advantages, 1 those of <see cref="NStep"/> but for rounding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not in [0, 1].</exception>
    /// <remarks>The trace ends with its episode, terminated or truncated. Source: Schulman et al. 2016 (arXiv 1506.02438).</remarks>
    public static void GeneralizedAdvantage(Rollout rollout, float discount, float traceDecay)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ThrowUnlessFraction(discount, nameof(discount));
        ThrowUnlessFraction(traceDecay, nameof(traceDecay));
        ReadOnlySpan<float> followingValues = rollout.BootstrapValues;
        ReadOnlySpan<float> followingAdvantages = [];
        for (int step = rollout.Steps - 1; step >= 0; step--)
        {
            Range rows = rollout.RowsOf(step);
            Span<float> advantages = rollout.Advantages[rows];
            Span<float> returns = rollout.Returns[rows];
            ReadOnlySpan<float> rewards = rollout.Rewards[rows];
            ReadOnlySpan<float> values = rollout.Values[rows];
            for (int i = 0; i < advantages.Length; i++)
            {
                bool traceEnds = followingAdvantages.IsEmpty || rollout.Terminated[rows][i] || rollout.Truncated[rows][i];
                float delta = rewards[i] + (discount * ValueOfNext(rollout, rows, i, followingValues[i])) - values[i];
                advantages[i] = delta + (traceEnds ? 0 : discount * traceDecay * followingAdvantages[i]);
                returns[i] = advantages[i] + values[i];
            }

            followingValues = values;
            followingAdvantages = advantages;
        }
    }

    /// <summary>What stands for the rest of the rewards after a step; <paramref name="goingOn"/> if its episode goes on.</summary>
    private static float ValueOfNext(Rollout rollout, Range rows, int simulator, float goingOn) =>
        rollout.Terminated[rows][simulator] ? 0
        : rollout.Truncated[rows][simulator] ? rollout.TruncationValues[rows][simulator]
        : goingOn;

    private static void ThrowUnlessFraction(float factor, string name)
    {
        if (!(factor is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, factor, "The factor must be in [0, 1].");
        }
    }
}
