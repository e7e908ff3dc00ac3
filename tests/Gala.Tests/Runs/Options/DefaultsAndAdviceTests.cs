using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

/// <summary>Whatever the defaults decide, and whatever a message advises, is itself a value that is taken.</summary>
public sealed class DefaultsAndAdviceTests
{
    [Fact]
    public void Resolve_AnyObservation_HasANetworkThatCanBeMade()
    {
        IEnumerable<TensorShape> shapes =
            from height in Enumerable.Range(1, 12).Append(50)
            from width in Enumerable.Range(1, 12).Append(50)
            from channels in Enumerable.Range(1, 4)
            select new TensorShape(height, width, channels);
        Assert.All(shapes, shape => RunDefaults.Resolve(new RunOptions(), Specs(shape)));
    }

    [Fact]
    public void Resolve_LargestBatch_HasAQueueThatRunYamlCanHold()
    {
        RunOptions options = new() { Architecture = "impala", Batch = 65_536, Simulators = 1, Frames = 1_000_000_000 };
        RunOptions resolved = RunDefaults.Resolve(options, Specs(TensorShape.Vector(2)));
        Assert.Equal(65_536, resolved.Queue);
        Assert.Equal(resolved, RunOptionsFile.Parse(RunOptionsFile.Write(resolved), "run.yaml"));
    }

    [Fact]
    public void Resolve_BatchThatNoQueueHolds_AdvisesNoLongerQueue()
    {
        RunOptions options = new() { Architecture = "impala", Batch = 65_536, Simulators = 1, Processes = 3, Transport = "mpi", Frames = 1_000_000_000 };
        OptionProblem problem = Assert.Single(Problems(options));
        Assert.Equal("--queue", problem.Option);
        Assert.EndsWith(": lower --batch", problem.Message);
    }

    [Fact]
    public void Resolve_DefaultThatCannotBe_AsksForAValue()
    {
        RunOptions options = new() { Architecture = "impala", Agents = 1_024, Simulators = 1, Processes = 100, Transport = "mpi", Frames = 1_000_000_000 };
        Assert.Contains("--batch: expected a whole number from 1 to 65,536, not '102400', which it would be by default here: give it",
            Problems(options).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Resolve_UpdateLongerThanAnyRun_AdvisesNoFrames()
    {
        RunOptions options = new() { Architecture = "gala", Agents = 4, Simulators = 65_536, Rollout = 200 };
        OptionProblem problem = Assert.Single(Problems(options, frameSkip: int.MaxValue));
        Assert.Equal("--simulators", problem.Option);
        Assert.EndsWith("frames of the longest run: lower it, or --agents or --rollout", problem.Message);
    }

    [Theory]
    [InlineData("gala", 1_024, 1_024)]
    [InlineData("impala", 1_024, 65_536)]
    public void Resolve_NumbersThatOverflow_AreRefused(string architecture, int agents, int processes)
    {
        RunOptions options = new()
        {
            Architecture = architecture, Agents = agents, Processes = processes, Transport = "mpi", Simulators = 65_536, Rollout = 65_536, Batch = null, Frames = 1_000_000_000_000_000,
        };
        Assert.NotEmpty(Problems(options, frameSkip: int.MaxValue));
    }

    [Fact]
    public void Resolve_FramesAdvised_AreTaken()
    {
        RunOptions options = new() { Frames = 1, Simulators = 7, Agents = 3 };
        string message = Assert.Single(Problems(options, frameSkip: 4)).Message;
        long advised = long.Parse(message.Split("expected ")[1].Split(' ')[0].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(Problems(options with { Frames = advised }, frameSkip: 4));
        Assert.NotEmpty(Problems(options with { Frames = advised - 1 }, frameSkip: 4));
    }

    [Fact]
    public void Resolve_TopologyThatNobodyUses_IsNoProblem() => // bipartite-exponential takes an even number of agents
        Assert.Empty(Problems(new RunOptions { Architecture = "impala", Agents = 3, Topology = "bipartite-exponential" }));

    private static IReadOnlyList<OptionProblem> Problems(RunOptions options, int frameSkip = 1) =>
        Record.Exception(() => RunDefaults.Resolve(options, Specs(TensorShape.Vector(2), frameSkip))) is InvalidOptionsException invalid ? invalid.Problems : [];

    private static Func<string, EnvironmentSpec> Specs(TensorShape observation, int frameSkip = 1) =>
        _ => new EnvironmentSpec { Id = "tests/any", Observation = observation, Actions = 3, FrameSkip = frameSkip };
}
