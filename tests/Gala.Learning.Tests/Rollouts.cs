namespace Gala.Learning.Tests;

/// <summary>Rollouts to test on.</summary>
internal static class Rollouts
{
    /// <summary>One simulator, one entry a step.</summary>
    public static Rollout Of(float[] rewards, float[] values, float bootstrap)
    {
        Rollout rollout = new(rewards.Length, 1);
        rewards.CopyTo(rollout.Rewards);
        values.CopyTo(rollout.Values);
        rollout.BootstrapValues[0] = bootstrap;
        return rollout;
    }

    /// <summary>Everything random; episodes end in every way, also both at once.</summary>
    public static Rollout Draw(int steps, int simulators, int seed)
    {
        Random random = new(seed);
        Rollout rollout = new(steps, simulators);
        Fill(rollout.Rewards, random);
        Fill(rollout.Values, random);
        Fill(rollout.TruncationValues, random);
        Fill(rollout.BootstrapValues, random);
        for (int i = 0; i < rollout.Length; i++)
        {
            rollout.Terminated[i] = random.Next(5) == 0;
            rollout.Truncated[i] = random.Next(5) == 0;
        }

        return rollout;
    }

    private static void Fill(Span<float> span, Random random)
    {
        foreach (ref float element in span)
        {
            element = (random.NextSingle() * 4) - 2;
        }
    }
}
