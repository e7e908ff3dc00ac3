using System.Runtime.CompilerServices;
using Gala.Environments;
using Gala.Experiments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Experiments;

public sealed class AtariPlanTests
{
    private static readonly string[] Games = ["beam_rider", "breakout", "pong", "qbert", "seaquest", "space_invaders"];

    [Fact]
    public void Plan_OnEnvironmentsOfItsSize_IsThePublishedExperiment()
    {
        SweepPlanBuilder builder = new();
        builder.AddFile(PlanFile());

        SweepPlan plan = builder.Build(SpecOf);

        Assert.Equal(Games.Select(game => $"atari/{game}"), plan.Environments);
        Assert.Equal(10, plan.Seeds.Count);
        RunOptions a2c = Resolve(plan, "a2c"), gala = Resolve(plan, "gala");
        Assert.All([a2c, gala], options => Assert.Equal(
            ("nature", 5, 0.99, 1.0, "rmsprop", 1.4e-3, "constant", 0.01, 0.5, 0.5, 160_000_000L),
            (options.Network, options.Rollout, options.Gamma, options.GaeLambda, options.Optimizer, options.LearningRate, options.LearningRateSchedule, options.Entropy,
                options.ValueCoefficient, options.MaxGradientNorm, options.Frames)));
        Assert.Equal(("a2c", 1, 64), (a2c.Architecture, a2c.Agents, a2c.Simulators));
        Assert.Equal(("gala", 4, 16, 1_000_000), (gala.Architecture, gala.Agents, gala.Simulators, gala.MaxStaleness));
        Assert.Equal(16, Resolve(plan, "gala-bounded").MaxStaleness);
    }

    [Fact]
    public void Plan_WithoutAnAtariSimulator_SaysWhichEnvironmentIsMissing()
    {
        SweepPlanBuilder builder = new();
        builder.AddFile(PlanFile());

        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() => builder.Build(new EnvironmentRegistry().SpecOf));

        Assert.All(exception.Problems, problem => Assert.Contains("atari/", problem.Message, StringComparison.Ordinal));
        Assert.Equal(Games.Length, exception.Problems.Count);
    }

    private static RunOptions Resolve(SweepPlan plan, string variant) =>
        RunDefaults.Resolve(plan.Variants.Single(one => one.Name == variant).Options with { Environment = "atari/pong" }, SpecOf);

    private static EnvironmentSpec SpecOf(string environment) => environment.StartsWith("atari/", StringComparison.Ordinal)
        ? new EnvironmentSpec { Id = environment, Observation = new TensorShape(84, 84, 4), Actions = 18, FrameSkip = 4 }
        : throw new ArgumentException($"no {environment}", nameof(environment));

    private static string PlanFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "benchmarks", "plans", "gala-atari.yaml");
}
