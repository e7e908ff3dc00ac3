using Gala.Environments;
using Gala.Runs;

namespace Gala.Tests.Architectures;

/// <summary>Complete options of runs that take a moment.</summary>
internal static class SmallRuns
{
    public static RunOptions Options(RunOptions options) =>
        RunDefaults.Resolve(options with { Simulators = 4 }, EnvironmentRegistry.Default.SpecOf);

    /// <summary>GALA as published: what travels are parameters alone.</summary>
    public static RunOptions Gala(int agents, bool deterministic) => Options(new RunOptions
    {
        Architecture = "gala",
        Agents = agents,
        Deterministic = deterministic,
        GossipGradients = false,
        Frames = 20_000,
        Seed = 7,
    });

    public static RunOptions A2C() => Options(new RunOptions { Architecture = "a2c", Frames = 20_000, Seed = 7 });
}
