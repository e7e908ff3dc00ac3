using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Stop anywhere, resume: equal to the bit to a run that never stopped, for whatever promises to repeat itself.</summary>
public sealed class ExactResumeTests
{
    private const int StopsPerRun = 3;

    public static TheoryData<string, int, string, string?, string> DeterministicRuns => new()
    {
        { "a2c", 1, "minatar/breakout", null, "ring" },
        { "a2c", 3, "classic/cartpole:limit=30", null, "ring" }, // truncated now and then
        { "a2c", 2, "memory/cue:length=4", "mlp-lstm", "ring" },
        { "a2c", 1, "minatar/breakout,minatar/asterix:sticky=0.3", null, "ring" },
        { "a3c", 1, "classic/cartpole", null, "ring" }, // one worker alone repeats itself
        { "gala", 2, "minatar/space_invaders", null, "ring" },
        { "gala", 3, "classic/cartpole:limit=30", "mlp-lstm", "ring" },
        { "gala", 4, "classic/cartpole", null, "exponential" }, // whose peers change from round to round
        { "gala", 3, "minatar/freeway,minatar/seaquest", null, "complete" },
        { "gala", 2, "classic/cartpole:delay=gamma/0.5/20us", null, "complete" },
        { "hts", 1, "minatar/asterix", null, "ring" },
        { "hts", 1, "classic/cartpole:limit=9", "mlp-lstm", "ring" },
        { "hts", 1, "minatar/breakout,minatar/freeway", "minatar-lstm", "ring" },
    };

    [Theory]
    [MemberData(nameof(DeterministicRuns))]
    public void Resume_FromAnyCheckpointOfTheRun_EndsWithItsBits(
        string architecture, int agents, string environment, string? network, string topology)
    {
        using TemporaryFolder folder = new();
        RunOptions options = Options(architecture, agents, environment, network, topology) with
        {
            Rollout = Paced.Rollout,
            KeepCheckpoints = 100,
            Run = folder["whole"],
        };
        using Paced paced = new(options);
        RunSummary whole = TrainingRun.Start(paced.Options, [], CancellationToken.None).Summary;
        paced.Stop();
        string[] checkpoints = [.. Directory.GetDirectories(folder["whole/checkpoints"]).Order(StringComparer.Ordinal).SkipLast(1)];
        Random random = new(agents + environment.Length);
        random.Shuffle(checkpoints.AsSpan(1)); // the first stays: no episode has ended there yet

        foreach (string stop in checkpoints.Take(StopsPerRun))
        {
            string cut = folder[$"cut-{Path.GetFileName(stop)}"];
            CopyRun(folder["whole"], cut, Path.GetFileName(stop));
            AssertSameEnd(whole, TrainingRun.Resume(cut, frames: null, [], CancellationToken.None).Summary);
        }
    }

    [Theory]
    [InlineData("a2c", 2, "classic/cartpole")]
    [InlineData("gala", 3, "memory/cue")]
    [InlineData("hts", 1, "classic/cartpole:limit=9")]
    public void Resume_StoppedAgainAndAgain_EndsWithTheBitsOfARunNeverStopped(string architecture, int agents, string environment)
    {
        using TemporaryFolder folder = new();
        RunOptions options = Options(architecture, agents, environment, null, "ring") with { Frames = 30_000, ReportEvery = 0.02 };
        RunSummary whole = TrainingRun.Start(options with { Run = folder["whole"] }, [], CancellationToken.None).Summary;

        using StopAtFirstReport start = new();
        TrainingOutcome outcome = TrainingRun.Start(options with { Run = folder["cut"] }, [start], start.Token);
        while (outcome.Interrupted)
        {
            using StopAtFirstReport stop = new();
            outcome = TrainingRun.Resume(folder["cut"], frames: null, [stop], stop.Token);
        }

        AssertSameEnd(whole, outcome.Summary);
    }

    private static RunOptions Options(string architecture, int agents, string environment, string? network, string topology) => new()
    {
        Architecture = architecture,
        Agents = agents,
        Environment = environment,
        Network = network,
        Topology = topology,
        Deterministic = architecture != "a3c",
        LearningRateSchedule = "linear",
        Simulators = 4,
        Frames = 1_200,
        Seed = 11,
        ReportEvery = 0.1,
    };

    /// <summary>All but times, and the best mean, which is of those moments at which a report was due.</summary>
    private static void AssertSameEnd(RunSummary expected, RunSummary actual)
    {
        Assert.Equal(expected.ParametersSha256, actual.ParametersSha256);
        Assert.Equal((expected.Frames, expected.EnvironmentSteps, expected.Updates), (actual.Frames, actual.EnvironmentSteps, actual.Updates));
        Assert.Equal((expected.Episodes, expected.MeanReturn100), (actual.Episodes, actual.MeanReturn100));
        Assert.Equal(expected.Returns?.MeanReturn100, actual.Returns?.MeanReturn100);
        Assert.Equal(expected.Consensus, actual.Consensus);
    }

    /// <summary>The run as it would stand had it been killed right after that checkpoint.</summary>
    private static void CopyRun(string source, string target, string checkpoint)
    {
        string from = Path.Combine(source, "checkpoints", checkpoint);
        string to = Directory.CreateDirectory(Path.Combine(target, "checkpoints", checkpoint)).FullName;
        File.Copy(Path.Combine(source, "run.yaml"), Path.Combine(target, "run.yaml"));
        Array.ForEach(Directory.GetFiles(from), file => File.Copy(file, Path.Combine(to, Path.GetFileName(file))));
    }

    private sealed class StopAtFirstReport : ITrainingObserver, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Token => _stop.Token;

        public void OnReport(TrainingReport report) => _stop.Cancel();

        public void OnMessage(string message)
        {
            // Only reports matter here.
        }

        public void Dispose() => _stop.Dispose();
    }
}
