using Gala.Environments;

namespace Gala.Runs;

/// <summary>What a policy that draws every action with equal probability reaches: the zero of every comparison.</summary>
public static class RandomBaseline
{
    private const ulong ActionStream = 0x524E_444D; // keeps the draws of actions apart from the environment's

    /// <summary>Plays <paramref name="episodes"/> episodes at random.</summary>
    /// <param name="environment">Environment with its options.</param>
    /// <param name="episodes">Number of episodes, at least 1.</param>
    /// <param name="seed">Seed of the environment and of the draws; equal seeds give equal samples.</param>
    /// <param name="maxSteps">Steps after which an episode that has not ended is cut, at least 1.</param>
    /// <param name="stop">Asks for an early end, at any step.</param>
    /// <exception cref="ArgumentException">The environment is none that the registry can make.</exception>
    /// <exception cref="OperationCanceledException">Stopped; its message tells after how many episodes.</exception>
    /// <exception cref="InvalidDataException">No episode has a finite return.</exception>
    public static EpisodeSample Play(
        string environment, int episodes, ulong seed, int maxSteps = Evaluation.DefaultMaxSteps, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        IEnvironment simulator = EnvironmentRegistry.Default.Create(environment);
        using IDisposable? held = simulator as IDisposable;
        StreamRandomSource draws = new(seed, ActionStream);
        return new EpisodePlayer(simulator, seed, _ => draws.UniformInteger(0, simulator.Spec.Actions)) { MaxSteps = maxSteps }.Play(episodes, stop);
    }
}
