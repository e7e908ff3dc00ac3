namespace Gala.Reproductions;

/// <summary>How a reproduction is to run.</summary>
public sealed record ReproductionSettings
{
    /// <summary>Where its runs and its report go.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether two minutes are to do, for a look and not for a verdict.</summary>
    public bool Quick { get; init; }

    /// <summary>Runs of each kind, with seeds 1, 2, ….</summary>
    public required int Seeds { get; init; }

    /// <summary>Frames of each run; null: what the reproduction holds to be enough.</summary>
    public long? Frames { get; init; }

    /// <summary>Seconds of each run where runs get equal time; null: what the slowest takes for its frames.</summary>
    public double? Seconds { get; init; }

    /// <summary>Games of MinAtar; empty: those that the reproduction chooses.</summary>
    public IReadOnlyList<string> Games { get; init; } = [];
}
