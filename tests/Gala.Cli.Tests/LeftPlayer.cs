using Gala.Cli.Watch;
using Gala.Environments;

namespace Gala.Cli.Tests;

/// <summary>Always chooses action 1.</summary>
internal sealed class LeftPlayer(string environment, Action? acted = null) : IWatchedPolicy
{
    private readonly float[] _probabilities = [0.1f, 0.9f, .. new float[EnvironmentRegistry.Default.Create(environment).Spec.Actions - 2]];

    public string Environment => environment;

    public string Name => "left player";

    public ReadOnlySpan<float> Probabilities => _probabilities;

    public float Value => 1.25f;

    /// <summary>Episodes that were begun.</summary>
    public int Episodes { get; private set; }

    public void BeginEpisode() => Episodes++;

    public int Act(ReadOnlySpan<float> observation, bool greedy, IRandomSource random)
    {
        acted?.Invoke();
        return 1;
    }

    public void Dispose()
    {
    }
}
