using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class RunOptionsBuilderTests
{
    [Fact]
    public void Build_FileAndCommandLine_CommandLineWinsWhereGiven()
    {
        RunOptionsBuilder builder = new();
        builder.AddText("agents: 2\nframes: 5m\nseed: 9", "run.yaml");
        builder.Set("--frames", "1m");
        builder.Set("--deterministic", "true");
        RunOptions options = builder.Build(SomeOptions.Find);
        Assert.Equal((2, 1_000_000, 9ul, true), (options.Agents, options.Frames, options.Seed, options.Deterministic));
    }

    [Fact]
    public void Build_MistakesInEveryLayer_AreReportedTogether()
    {
        RunOptionsBuilder builder = new();
        builder.AddText("gama: 1\nagents: 0", "run.yaml");
        builder.Set("--learning-rate", "-1");
        builder.Set("--learnin-rate", "1");
        builder.Set("--environment", "minatar/brakeout");
        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() => builder.Build(SomeOptions.Find));
        Assert.Equal(
        [
            "gama: unknown key, did you mean gamma? (run.yaml, line 1)",
            "--agents: expected a whole number from 1 to 1,024, not '0' (run.yaml, line 2)",
            "--learning-rate: expected a number above 0 to 1,000, not '-1'",
            "--learnin-rate: unknown option, did you mean --learning-rate?",
            "--environment: Unknown environment 'minatar/brakeout'.",
        ], exception.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Build_BadValue_HidesWhatOnlyFollowsFromIt()
    {
        RunOptionsBuilder builder = new();
        builder.Set("--frames", "x");
        builder.Set("--simulators", "60k"); // the default number of frames would be too few for that
        OptionProblem problem = Assert.Single(Assert.Throws<InvalidOptionsException>(() => builder.Build(SomeOptions.Find)).Problems);
        Assert.Equal("--frames", problem.Option);
    }
}
