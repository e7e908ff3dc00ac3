namespace Gala.Environments.MinAtar;

/// <summary>Settings of a MinAtar environment; the defaults are those of the games' paper.</summary>
public sealed record MinAtarOptions
{
    /// <summary>Which game.</summary>
    public required MinAtarGame Game { get; init; }

    /// <summary>Probability that a step repeats the action played before instead of the one asked for, in [0, 1].</summary>
    public double StickyProbability { get; init; } = 0.1;

    /// <summary>Whether asterix, seaquest and space invaders get harder with time; the other two ignore it.</summary>
    public bool DifficultyRamping { get; init; } = true;

    /// <summary>Only the actions that matter in the game, instead of all six.</summary>
    public bool MinimalActions { get; init; }
}
