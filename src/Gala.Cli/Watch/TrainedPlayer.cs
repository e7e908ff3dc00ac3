using Gala.Cli.Display;
using Gala.Environments;
using Gala.Runs;

namespace Gala.Cli.Watch;

/// <summary>The agents' mean, or one agent, of a run.</summary>
internal sealed class TrainedPlayer : IWatchedPolicy
{
    private readonly TrainedPolicy _policy;
    private readonly int? _agent;

    private TrainedPlayer(TrainedPolicy policy, int? agent) => (_policy, _agent) = (policy, agent);

    public string Environment => _policy.Options.Environment;

    public string Name =>
        $"{_policy.Options.Architecture}, {(_agent is { } rank ? $"agent {rank}" : "mean of the agents")}, {NumberText.Whole(_policy.Frames)} frames";

    public ReadOnlySpan<float> Probabilities => _policy.Probabilities;

    public float Value => _policy.Value;

    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or no such agent.</exception>
    public static IWatchedPolicy Load(string directory, int? agent) => new TrainedPlayer(TrainedPolicy.Load(directory, agent), agent);

    public void BeginEpisode() => _policy.BeginEpisode();

    public int Act(ReadOnlySpan<float> observation, bool greedy, IRandomSource random) => _policy.Act(observation, greedy, random);

    public void Dispose() => _policy.Dispose();
}
