using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

public sealed class TrainingRunTests
{
    private static readonly RunOptions Small = new() { Simulators = 4, Frames = 8_000, Seed = 5, ReportEvery = 0.1 };

    [Fact]
    public void Start_Finished_LeavesAFolderThatEvaluatesAndPlays()
    {
        using TemporaryFolder folder = new();
        // Three agents in lock-step, since two on a ring may well end equal.
        RunOptions options = Small with { Agents = 3, Deterministic = true, LearningRateSchedule = "constant", Run = folder["run"] };
        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.False(outcome.Interrupted);
        Assert.Equal(7_980, outcome.Summary.Frames);
        Assert.Equal(outcome.Summary.Frames, outcome.Summary.EnvironmentSteps);
        Assert.True(outcome.Summary.Episodes > 0);
        Assert.Contains(outcome.Summary.ParametersSha256, File.ReadAllText(folder["run/summary.json"]), StringComparison.Ordinal);
        Assert.NotEmpty(File.ReadAllLines(folder["run/metrics.jsonl"]));
        Assert.NotEmpty(Directory.GetFiles(folder["run/tensorboard"]));

        Evaluation mean = Evaluation.Play(folder["run"], episodes: 5, agent: null, greedy: false, seed: 3);
        Evaluation again = Evaluation.Play(folder["run"], episodes: 5, agent: null, greedy: false, seed: 3);
        Evaluation first = Evaluation.Play(folder["run"], episodes: 5, agent: 0, greedy: true, seed: 3);
        Assert.Equal(mean, again);
        Assert.NotEqual(mean.ParametersSha256, first.ParametersSha256);
        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => TrainedPolicy.Load(folder["run"], agent: 3));
        Assert.Contains("agents 0 to 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a2c", 1, "minatar/breakout", null)]
    [InlineData("a3c", 1, "minatar/breakout", null)]
    [InlineData("gala", 3, "minatar/seaquest", null)]
    [InlineData("gala", 2, "classic/cartpole", null)]
    [InlineData("gala", 2, "classic/cartpole", "mlp-lstm")]
    [InlineData("gala", 3, "classic/cartpole", null, "one-peer-exponential")]
    [InlineData("gala", 3, "classic/cartpole", null, "star")]
    [InlineData("hts", 1, "minatar/breakout", null)]
    [InlineData("hts", 1, "classic/cartpole:limit=9", "mlp-lstm")]
    public void Resume_AfterAStop_EndsWithTheBitsOfAnUninterruptedRun(
        string architecture, int agents, string environment, string? network, string topology = "ring")
    {
        using TemporaryFolder folder = new();
        RunOptions options = Small with
        {
            Architecture = architecture,
            Agents = agents,
            Environment = environment,
            Network = network,
            Topology = topology,
            Deterministic = architecture != "a3c", // of which one worker alone repeats itself anyway
            LearningRateSchedule = "constant", // the first part is made by a smaller total, which a linear schedule would feel
        };
        TrainingOutcome whole = TrainingRun.Start(options with { Run = folder["whole"] }, [], CancellationToken.None);

        _ = TrainingRun.Start(options with { Frames = 3_500, Run = folder["cut"] }, [], CancellationToken.None);
        TrainingOutcome resumed = TrainingRun.Resume(folder["cut"], frames: options.Frames, [], CancellationToken.None);

        Assert.Equal(whole.Summary.ParametersSha256, resumed.Summary.ParametersSha256);
        Assert.Equal(whole.Summary.Frames, resumed.Summary.Frames);
        Assert.Equal(whole.Summary.Episodes, resumed.Summary.Episodes);
        Assert.Equal(whole.Summary.MeanReturn100, resumed.Summary.MeanReturn100);
    }

    [Theory]
    [InlineData("every=7", false)]
    [InlineData("qsr=2/0.01", false)]
    [InlineData("significant=20", false)] // about every second update
    [InlineData("qsr=2/0.01", true)]
    [InlineData("every", false, true)]
    [InlineData("significant=20", false, true)]
    public void Resume_FromAnEarlierCheckpoint_GossipsAtTheSameUpdates(string gossip, bool statistics, bool gradients = false)
    {
        using TemporaryFolder folder = new();
        RunOptions options = Small with
        {
            Agents = 3,
            Deterministic = true,
            Gossip = gossip,
            GossipStatistics = statistics,
            GossipGradients = gradients,
            MessageFormat = statistics ? "bfloat16" : "float32",
            Rollout = Paced.Rollout,
            KeepCheckpoints = 100,
            Run = folder["run"],
        };
        using Paced paced = new(options);
        options = paced.Options;
        TrainingOutcome whole = TrainingRun.Start(options, [], CancellationToken.None);
        paced.Stop();
        string[] checkpoints = [.. Directory.GetDirectories(folder["run/checkpoints"]).Order(StringComparer.Ordinal)];
        Assert.True(checkpoints.Length > 4);
        Array.ForEach(checkpoints[2..], checkpoint => Directory.Delete(checkpoint, recursive: true));

        TrainingOutcome resumed = TrainingRun.Resume(folder["run"], frames: null, [], CancellationToken.None);

        Assert.Equal(whole.Summary.ParametersSha256, resumed.Summary.ParametersSha256);
    }

    [Fact]
    public void Start_LockStepAgentsThatNeverMeet_HaveEqualShares()
    {
        using TemporaryFolder folder = new();
        RunOptions options = Small with { Agents = 3, Frames = 6_000, Deterministic = true, Gossip = "every=1000000" };
        Assert.Equal(Digest("a"), Digest("b"));

        string Digest(string name) => TrainingRun.Start(options with { Run = folder[name] }, [], CancellationToken.None).Summary.ParametersSha256;
    }

    [Fact]
    public void Start_LockStepToTheEnd_IsTheDeterministicRun()
    {
        using TemporaryFolder folder = new();
        RunOptions options = Small with { Agents = 2, Frames = 4_000 };
        TrainingOutcome deterministic = TrainingRun.Start(options with { Deterministic = true, Run = folder["a"] }, [], CancellationToken.None);
        TrainingOutcome switching = TrainingRun.Start(options with { LockStepFrames = 4_000, Run = folder["b"] }, [], CancellationToken.None);
        TrainingOutcome half = TrainingRun.Start(options with { LockStepFrames = 2_000, Run = folder["c"] }, [], CancellationToken.None);
        Assert.Equal(deterministic.Summary.ParametersSha256, switching.Summary.ParametersSha256);
        Assert.Equal(deterministic.Summary.Frames, half.Summary.Frames);
    }

    [Theory]
    [InlineData("a2c", 1)]
    [InlineData("gala", 2)]
    public void Start_SeveralComputeThreads_EndsWithTheBitsOfOne(string architecture, int agents)
    {
        using TemporaryFolder folder = new();
        RunOptions options = Small with { Architecture = architecture, Agents = agents, Simulators = 8, Frames = 4_000, Deterministic = true };
        IEnumerable<string> digests = Enumerable.Range(1, 3).Select(threads => TrainingRun.Start(
            options with { ComputeThreads = threads, Run = folder[$"{threads}"] }, [], CancellationToken.None).Summary.ParametersSha256);
        Assert.Single(digests.Distinct());
    }

    [Theory]
    [InlineData(false, "every")]
    [InlineData(true, "every")]
    [InlineData(false, "every=1000000")]
    [InlineData(true, "every=1000000")]
    public void Start_StoppedByRequest_WritesACheckpointThatResumes(bool deterministic, string gossip)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        RunOptions options = Small with { Agents = 2, Frames = 100_000_000, Deterministic = deterministic, Gossip = gossip, Run = folder["run"] };

        TrainingOutcome outcome = TrainingRun.Start(options, [new StopAtFirstReport(stop)], stop.Token);

        Assert.True(outcome.Interrupted);
        Assert.True(outcome.Summary.Frames > 0);
        Assert.True(File.Exists(folder["run/summary.json"]));
        TrainingOutcome resumed = TrainingRun.Resume(folder["run"], outcome.Summary.Frames + 4_000, [], CancellationToken.None);
        Assert.False(resumed.Interrupted);
        Assert.True(resumed.Summary.Frames > outcome.Summary.Frames);
    }

    [Fact]
    public void Resume_NothingLeftToDo_SaysSo()
    {
        using TemporaryFolder folder = new();
        _ = TrainingRun.Start(Small with { Agents = 1, Frames = 400, Run = folder["run"] }, [], CancellationToken.None);

        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => TrainingRun.Resume(folder["run"], null, [], CancellationToken.None));

        Assert.Contains("--frames", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("hts")]
    public void Start_EnvironmentThatCannotBeSaved_TrainsAndResumes(string architecture)
    {
        EnvironmentRegistry.Default.Register($"tests/forgetful-{architecture}", () => new ForgetfulEnvironment());
        using TemporaryFolder folder = new();
        RunOptions options = Small with
        {
            Architecture = architecture,
            Environment = $"tests/forgetful-{architecture}",
            Agents = 1,
            Frames = 2_000,
            Run = folder["run"],
        };

        _ = TrainingRun.Start(options, [], CancellationToken.None);
        TrainingOutcome resumed = TrainingRun.Resume(folder["run"], 4_000, [], CancellationToken.None);

        Assert.Equal(4_000, resumed.Summary.Frames);
    }

    [Fact]
    public void Start_FolderNotEmpty_WritesNothing()
    {
        using TemporaryFolder folder = new();
        folder.Write("mine.txt", [1]);

        Assert.Throws<InvalidRunException>(() => TrainingRun.Start(Small with { Run = folder.Path }, [], CancellationToken.None));

        Assert.Equal([folder["mine.txt"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private sealed class StopAtFirstReport(CancellationTokenSource stop) : ITrainingObserver
    {
        public void OnReport(TrainingReport report) => stop.Cancel();

        public void OnMessage(string message)
        {
            // Only reports matter here.
        }
    }

    /// <summary>Five steps an episode; has no state to save.</summary>
    private sealed class ForgetfulEnvironment : IEnvironment
    {
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/forgetful", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => (_steps, observation[0]) = (0, 0);

        public void Reset(ulong seed, Span<float> observation) => Reset(observation);

        public StepResult Step(int action, Span<float> observation)
        {
            observation[0] = ++_steps;
            return new StepResult(action, _steps == 5, false);
        }
    }
}
