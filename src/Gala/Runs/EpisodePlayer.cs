using Gala.Environments;

namespace Gala.Runs;

/// <summary>Plays whole episodes with a policy, one after the other.</summary>
/// <param name="simulator">Where.</param>
/// <param name="seed">Of the environment.</param>
/// <param name="policy">From an observation to an action.</param>
/// <param name="beginEpisode">Called before each episode: what a policy remembers ends with the one before.</param>
internal sealed class EpisodePlayer(IEnvironment simulator, ulong seed, Policy policy, Action? beginEpisode = null)
{
    private const int MaxSteps = 1_000_000; // a policy that never ends an episode must not hang an evaluation

    /// <summary>Plays episodes and sums up.</summary>
    public EpisodeSample Play(int episodes)
    {
        float[] observation = new float[simulator.Spec.Observation.Length];
        double[] returns = new double[episodes];
        long steps = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            beginEpisode?.Invoke();
            if (episode == 0)
            {
                simulator.Reset(seed, observation);
            }
            else
            {
                simulator.Reset(observation);
            }

            StepResult result = default;
            for (int step = 0; step < MaxSteps && !result.IsOver; step++)
            {
                result = simulator.Step(policy(observation), observation);
                returns[episode] += result.Reward;
                steps++;
            }
        }

        return EpisodeSample.Of(returns, steps);
    }
}
