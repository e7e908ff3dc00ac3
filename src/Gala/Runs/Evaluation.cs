using Gala.Environments;

namespace Gala.Runs;

/// <summary>Plays whole episodes with a trained agent and reports their returns. Written to <c>evaluate --json</c>.</summary>
public sealed record Evaluation
{
    /// <summary>Steps after which an episode is cut unless something else is asked for.</summary>
    public const int DefaultMaxSteps = 1_000_000;

    private const ulong ActionStream = 0x4556_414C; // keeps the draws of actions apart from the environment's

    /// <summary>Architecture of the run.</summary>
    public required string Architecture { get; init; }

    /// <summary>Environment with its options.</summary>
    public required string Environment { get; init; }

    /// <summary>Number of actor-learners that the run trained.</summary>
    public int Agents { get; init; }

    /// <summary>Simulators of each of them.</summary>
    public int SimulatorsPerAgent { get; init; }

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Rank of the agent that played; null: the agents' mean.</summary>
    public required int? Agent { get; init; }

    /// <summary>Frames of training at the checkpoint.</summary>
    public required long Frames { get; init; }

    /// <summary>Episodes played, of each environment.</summary>
    public required int Episodes { get; init; }

    /// <summary>Number of episodes that did not end by themselves and were cut. Their returns count as they stood.</summary>
    public int CutEpisodes { get; init; }

    /// <summary>Number of episodes that the returns are without, since a reward of theirs was NaN or infinite, as in training.</summary>
    public int SkippedEpisodes { get; init; }

    /// <summary>Mean return.</summary>
    public required double MeanReturn { get; init; }

    /// <summary>Mean return in each of several environments; null if there is one.</summary>
    public IReadOnlyDictionary<string, double>? MeanReturnByEnvironment { get; init; }

    /// <summary>Standard error of <see cref="MeanReturn"/>; 0 for one episode.</summary>
    public required double StandardError { get; init; }

    /// <summary>Smallest return.</summary>
    public required double MinReturn { get; init; }

    /// <summary>Largest return.</summary>
    public required double MaxReturn { get; init; }

    /// <summary>Mean length in environment steps.</summary>
    public required double MeanLength { get; init; }

    /// <summary>SHA-256 of the parameters that played.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Version of Gala.</summary>
    public required string Version { get; init; }

    /// <summary>Plays <paramref name="episodes"/> episodes with the newest whole checkpoint of a run.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="episodes">At least 1.</param>
    /// <param name="agent">Rank of an agent; null for the agents' mean.</param>
    /// <param name="greedy">The most probable action, instead of a draw from the policy.</param>
    /// <param name="seed">Of the environment and of the draws; equal seeds give equal evaluations.</param>
    /// <param name="report">Hears of newer checkpoints that are damaged.</param>
    /// <param name="maxSteps">Steps after which an episode that has not ended is cut, at least 1.</param>
    /// <param name="stop">Asks for an early end, at any step.</param>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or no such agent.</exception>
    /// <exception cref="OperationCanceledException">Stopped; its message tells after how many episodes.</exception>
    /// <exception cref="InvalidDataException">No episode of an environment has a finite return.</exception>
    public static Evaluation Play(
        string directory,
        int episodes,
        int? agent,
        bool greedy,
        ulong seed,
        Action<string>? report = null,
        int maxSteps = DefaultMaxSteps,
        CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        using TrainedPolicy policy = TrainedPolicy.Load(directory, agent, report);
        StreamRandomSource draws = new(seed, ActionStream);
        using EnvironmentSet environments = new(policy.Options.Environment);
        EpisodeSample[] samples = [.. Enumerable.Range(0, environments.Count).Select(PlayOne)];
        EpisodeSample sample = EpisodeSample.Join(samples);
        return new Evaluation
        {
            Architecture = policy.Options.Architecture,
            Environment = policy.Options.Environment,
            Agents = policy.Options.Agents!.Value,
            SimulatorsPerAgent = policy.Options.Simulators,
            Seed = policy.Options.Seed,
            Agent = agent,
            Frames = policy.Frames,
            Episodes = episodes,
            CutEpisodes = sample.CutEpisodes,
            SkippedEpisodes = sample.SkippedEpisodes,
            MeanReturn = sample.MeanReturn,
            MeanReturnByEnvironment = samples.Length == 1 ? null
                : samples.Index().ToDictionary(one => environments.References[one.Index].ToString(), one => one.Item.MeanReturn),
            StandardError = sample.StandardError,
            MinReturn = sample.MinReturn,
            MaxReturn = sample.MaxReturn,
            MeanLength = sample.MeanLength,
            ParametersSha256 = ParametersDigest.Of(policy.Parameters.Span),
            Version = GalaVersion.Current,
        };

        EpisodeSample PlayOne(int index)
        {
            IEnvironment environment = environments.Create(index);
            using IDisposable? held = environment as IDisposable;
            EpisodePlayer player = new(environment, seed, observation => policy.Act(observation, greedy, draws), policy.BeginEpisode) { MaxSteps = maxSteps };
            return player.Play(episodes, stop);
        }
    }
}
