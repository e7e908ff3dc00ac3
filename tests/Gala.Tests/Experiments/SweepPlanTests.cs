using Gala.Environments;
using Gala.Experiments;
using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Experiments;

public sealed class SweepPlanTests
{
    private const string Plan = """
        # Comments are allowed.
        environments: [minatar/asterix, "minatar/breakout:sticky=0"]
        seeds: 101-103,7
        options: --frames 1m --rollout=10
        variants:
          a2c: --architecture a2c --agents 1 --simulators 64
          gala: >-
            --architecture gala --deterministic
            --rollout 5
        """;

    [Fact]
    public void AddFile_AWholePlan_MeansWhatItsWordsMeanOnTheCommandLine()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["plan.yaml"], Plan);
        SweepPlanBuilder builder = new();

        builder.AddFile(folder["plan.yaml"]);
        SweepPlan plan = builder.Build(EnvironmentRegistry.Default.SpecOf);

        Assert.Equal(["minatar/asterix", "minatar/breakout:sticky=0"], plan.Environments);
        Assert.Equal([101ul, 102, 103, 7], plan.Seeds);
        Assert.Equal(
            [
                new RunOptions { Frames = 1_000_000, Rollout = 10, Architecture = "a2c", Agents = 1, Simulators = 64 },
                new RunOptions { Frames = 1_000_000, Rollout = 5, Architecture = "gala", Deterministic = true },
            ],
            plan.Variants.Select(variant => variant.Options));
        Assert.Equal(16, plan.Runs().Count);
        Assert.Equal(
            Path.Combine("out", "runs", "gala", "minatar-breakout-sticky=0", "101"),
            plan.Runs().Select(run => run.In("out").Run!).Single(path => path.Contains("gala", StringComparison.Ordinal)
                && path.Contains("sticky", StringComparison.Ordinal) && path.EndsWith("101", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_ReadBack_IsTheSamePlan()
    {
        SweepPlan plan = Read(Plan);

        SweepPlan again = Read(SweepPlanYaml.Write(plan));

        Assert.Equal(plan.Environments, again.Environments);
        Assert.Equal(plan.Seeds, again.Seeds);
        Assert.Equal(plan.Words, again.Words);
        Assert.Equal(plan.Variants, again.Variants);
    }

    [Theory]
    [InlineData("7", new ulong[] { 7 })]
    [InlineData(" 1 - 3 , 9", new ulong[] { 1, 2, 3, 9 })]
    [InlineData("18446744073709551614-18446744073709551615", new ulong[] { ulong.MaxValue - 1, ulong.MaxValue })]
    public void SeedList_NumbersAndRanges_AreRead(string text, ulong[] expected)
    {
        Assert.Null(SeedList.TryParse(text, out IReadOnlyList<ulong> seeds));
        Assert.Equal(expected, seeds);
    }

    [Theory]
    [InlineData("5-3", "write 3-5")]
    [InlineData("1,x", "not 'x'")]
    [InlineData("-4", "not '-4'")]
    [InlineData("1-2-3", "not '1-2-3'")]
    [InlineData("", "not ''")]
    [InlineData("1,2,1", "seed 1 is given twice")]
    [InlineData("0-18446744073709551615", "at most 10,000")]
    [InlineData("1-9999,20000-29998", "at most 10,000")]
    public void SeedList_AnythingElse_IsOneLineWithTheFix(string text, string expected)
    {
        Assert.Contains(expected, SeedList.TryParse(text, out IReadOnlyList<ulong> seeds), StringComparison.Ordinal);
        Assert.Empty(seeds);
    }

    [Theory]
    [InlineData("a: --agnts 3", "variant a: --agnts is no option of gala train, did you mean --agents?")]
    [InlineData("a: --agents", "variant a: --agents needs a value")]
    [InlineData("a: agents 3", "variant a: expected an option of gala train such as --agents, not 'agents'")]
    [InlineData("a: --agents x", "variant a: --agents: expected a whole number")]
    [InlineData("a: --seed 3", "variant a: --seed is the sweep's own: leave it out")]
    [InlineData("a: --run runs/x", "variant a: --run is the sweep's own")]
    [InlineData("a: --environment classic/cartpole", "variant a: --environment is the sweep's own")]
    [InlineData("a: --processes 2 --transport mpi", "variant a: a sweep trains in one process")]
    [InlineData("a: --topology 'star", "variant a: a quote has no end")]
    [InlineData("a: --frames 10", "variant a: --frames: 10 frames are less than one update")]
    [InlineData("a --agents 3", "--variant: expected 'NAME: OPTIONS'")]
    [InlineData("../a: --agents 3", "--variant: expected a name of letters")]
    [InlineData(": --agents 3", "--variant: expected a name of letters")]
    public void Build_ABadVariant_IsOneLineWithTheFix(string variant, string expected)
    {
        SweepPlanBuilder builder = Builder("classic/cartpole", "1");
        builder.AddVariant(variant);

        Assert.StartsWith(expected, OnlyProblem(builder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classic/cartpole,classic/cartpole", "1", "--environment: classic/cartpole is given twice")]
    [InlineData("classic/cartpole,,minatar/asterix", "1", "--environment: expected environments with commas between them, but one is empty")]
    [InlineData("classic/cartpol", "1", "--environment: Unknown environment 'classic/cartpol'")]
    [InlineData("minatar/asterix,minatar/freeway", "1", "variant c: --network: expected")]
    [InlineData("classic/cartpole", "3-1", "--seeds: '3-1' ends before it starts")]
    public void Build_BadListOfEnvironmentsOrSeeds_IsOneLineWithTheFix(string environments, string seeds, string expected)
    {
        SweepPlanBuilder builder = Builder(environments, seeds);
        builder.AddVariant("a: --agents 2");
        builder.AddVariant(environments.Contains("freeway", StringComparison.Ordinal) ? "c: --network none" : "b: --agents 3");

        Assert.StartsWith(expected, OnlyProblem(builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TwoVariantsOfOneName_IsOneLineWithTheFix()
    {
        SweepPlanBuilder builder = Builder("classic/cartpole", "1");
        builder.AddVariant("a: --agents 2");
        builder.AddVariant("A: --agents 3"); // one folder on some systems

        Assert.Equal("--variant: there are two variants A: rename one", OnlyProblem(builder));
    }

    [Fact]
    public void Build_NothingGiven_NamesWhatASweepNeeds()
    {
        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() => new SweepPlanBuilder().Build(EnvironmentRegistry.Default.SpecOf));

        Assert.Equal(["--environment", "--seeds", "--variant"], exception.Problems.Select(problem => problem.Option));
    }

    [Theory]
    [InlineData("seeds: 1\nseeds: 2", "expected the key seeds once (plan.yaml, line 2)")]
    [InlineData("sed: 1", "did you mean seeds? (plan.yaml, line 1)")]
    [InlineData("- 1", "expected lines of the form 'key: value'")]
    [InlineData("", "expected lines of the form 'key: value'")]
    [InlineData("seeds: {a: b}", "expected seeds")]
    [InlineData("variants: [a, b]", "below variants")]
    [InlineData("variants:\n  a:\n    agents: 3", "expected options of gala train as on its command line for 'a'")]
    [InlineData("variants:\n  a: &x --agents 3\n  b: *x", "expected options of gala train")]
    [InlineData("seeds: [1, [2]]", "expected a plain value in the list of seeds")]
    [InlineData("seeds: \"1", "broken plan")]
    [InlineData("seeds: 1\n---\nseeds: 2", "expected one document")]
    public void Read_NoPlan_IsOneLineWithItsPlace(string yaml, string expected)
    {
        SweepPlanBuilder builder = new();
        SweepPlanYaml.Read(yaml, "plan.yaml", builder);

        string problem = OnlyProblem(builder);

        Assert.StartsWith("PLAN: broken plan: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ADeepNest_DoesNotOverflow()
    {
        SweepPlanBuilder builder = new();
        SweepPlanYaml.Read("seeds: " + new string('[', 100_000), "plan.yaml", builder);

        Assert.StartsWith("PLAN: broken", OnlyProblem(builder), StringComparison.Ordinal);
    }

    private static SweepPlan Read(string yaml)
    {
        SweepPlanBuilder builder = new();
        SweepPlanYaml.Read(yaml, "plan.yaml", builder);
        return builder.Build(EnvironmentRegistry.Default.SpecOf);
    }

    private static SweepPlanBuilder Builder(string environments, string seeds)
    {
        SweepPlanBuilder builder = new();
        builder.SetEnvironments(environments);
        builder.SetSeeds(seeds);
        return builder;
    }

    private static string OnlyProblem(SweepPlanBuilder builder) =>
        Assert.Single(Assert.Throws<InvalidOptionsException>(() => builder.Build(EnvironmentRegistry.Default.SpecOf)).Problems).ToString();
}
