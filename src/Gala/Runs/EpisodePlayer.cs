using System.Globalization;
using Gala.Environments;

namespace Gala.Runs;

/// <summary>Plays whole episodes with a policy, one after the other.</summary>
/// <param name="simulator">Environment that is played. It stays its owner's to dispose.</param>
/// <param name="seed">Seed of the environment.</param>
/// <param name="policy">From an observation to an action.</param>
/// <param name="beginEpisode">Called before each episode: what a policy remembers ends with the one before.</param>
internal sealed class EpisodePlayer(IEnvironment simulator, ulong seed, Policy policy, Action? beginEpisode = null)
{
    /// <summary>Steps after which an episode that has not ended is cut: a policy that never ends one must not hang an evaluation.</summary>
    public int MaxSteps { get; init; } = Evaluation.DefaultMaxSteps;

    /// <summary>Plays episodes and sums up.</summary>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="stop">Asks for an early end, at any step.</param>
    /// <exception cref="OperationCanceledException">Stopped; its message tells after how many episodes.</exception>
    /// <exception cref="InvalidDataException">No episode has a finite return.</exception>
    public EpisodeSample Play(int episodes, CancellationToken stop = default)
    {
        float[] observation = new float[simulator.Spec.Observation.Length];
        double[] returns = new double[episodes];
        long steps = 0;
        int cut = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            Begin(episode, observation);
            StepResult result = default;
            for (int step = 0; step < MaxSteps && !result.IsOver; step++)
            {
                ThrowIfStopped(episode, episodes, stop);
                result = simulator.Step(policy(observation), observation);
                returns[episode] += result.Reward;
                steps++;
            }

            cut += result.IsOver ? 0 : 1;
        }

        return EpisodeSample.Of(returns, steps, cut) ?? throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{simulator.Spec.Id}: none of {episodes:N0} episodes has a finite return, since each had a reward that is NaN or infinite"));
    }

    private void Begin(int episode, float[] observation)
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
    }

    private void ThrowIfStopped(int episode, int episodes, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(string.Create(
                CultureInfo.InvariantCulture, $"{simulator.Spec.Id}: stopped after {episode:N0} of {episodes:N0} episodes"), stop);
        }
    }
}
