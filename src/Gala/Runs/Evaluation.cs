namespace Gala.Runs;

/// <summary>Plays whole episodes with a trained agent and reports their returns. Written to <c>evaluate --json</c>.</summary>
public sealed record Evaluation
{
    /// <summary>Architecture of the run.</summary>
    public required string Architecture { get; init; }

    /// <summary>Environment with its options.</summary>
    public required string Environment { get; init; }

    /// <summary>Rank of the agent that played; null: the agents' mean.</summary>
    public required int? Agent { get; init; }

    /// <summary>Frames of training at the checkpoint.</summary>
    public required long Frames { get; init; }

    /// <summary>Episodes played.</summary>
    public required int Episodes { get; init; }

    /// <summary>Mean return.</summary>
    public required double MeanReturn { get; init; }

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
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or no such agent.</exception>
    public static Evaluation Play(string directory, int episodes, int? agent, bool greedy, ulong seed) => throw new NotImplementedException();
}
