using Gala.Environments;

namespace Gala.Runs;

/// <summary>What a policy that draws every action with equal probability reaches: the zero of every comparison.</summary>
public static class RandomBaseline
{
    private const ulong ActionStream = 0x524E_444D; // keeps the draws of actions apart from the environment's

    /// <summary>Plays <paramref name="episodes"/> episodes at random.</summary>
    /// <exception cref="ArgumentException">The environment is none that the registry can make.</exception>
    public static EpisodeSample Play(string environment, int episodes, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        IEnvironment simulator = EnvironmentRegistry.Default.Create(environment);
        using IDisposable? held = simulator as IDisposable;
        StreamRandomSource draws = new(seed, ActionStream);
        return new EpisodePlayer(simulator, seed, _ => draws.UniformInteger(0, simulator.Spec.Actions)).Play(episodes);
    }
}
