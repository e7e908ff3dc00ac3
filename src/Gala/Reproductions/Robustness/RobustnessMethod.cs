using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>A way to learn from many simulators, with the rate that suits it. Both of them, and all that is to be tuned of them, stand here.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Key">Name in folders.</param>
/// <param name="TunedRate">Learning rate (η) at <see cref="Fewest"/> simulators.</param>
/// <param name="OptionsOf">Options for a number of simulators, without the rate.</param>
internal sealed record RobustnessMethod(string Name, string Key, double TunedRate, Func<int, RunOptions> OptionsOf)
{
    /// <summary>Simulators that the rates are tuned for, and that each agent of GALA has.</summary>
    public const int Fewest = 16;

    /// <summary>One learner with all simulators.</summary>
    public static RobustnessMethod A2C { get; } = new(
        "A2C", "a2c", PresetRate, simulators => new RunOptions { Architecture = "a2c", Agents = 1, Simulators = simulators });

    /// <summary>Agents of 16 simulators each.</summary>
    public static RobustnessMethod Gala { get; } = new(
        "GALA", "gala", PresetRate, simulators => new RunOptions { Architecture = "gala", Agents = simulators / Fewest, Simulators = Fewest });

    private static double PresetRate => PresetDefaults.For("minatar").LearningRate("rmsprop", Fewest);

    /// <summary>The options for a number of simulators.</summary>
    /// <param name="simulators">Simulators in all.</param>
    /// <param name="times">How many times the tuned rate, which grows with the square root of the simulators.</param>
    public RunOptions Options(int simulators, double times) =>
        OptionsOf(simulators) with { LearningRate = TunedRate * times * Math.Sqrt((double)simulators / Fewest) };
}
