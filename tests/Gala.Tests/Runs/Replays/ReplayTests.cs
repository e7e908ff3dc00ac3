using System.Globalization;
using Gala.Runs;

namespace Gala.Tests.Runs.Replays;

/// <summary>Whole runs, and what their records make of them.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly string[] Topologies =
        ["ring", "undirected-ring", "exponential", "one-peer-exponential", "star", "complete", "random-regular:degree=2:seed=3"];

    private static readonly string[] Rules = ["every", "every", "every=3", "qsr=1/0.02", "significant=0.1"];
    private static int _runs; // names of environments must differ

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _letGo = new();

    public void Dispose()
    {
        _letGo.Set();
        _folder.Dispose();
        _letGo.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Replay_OfARandomRun_EndsWithTheSameParameters(int seed)
    {
        Random random = new(seed);
        string rule = Rules[random.Next(Rules.Length)];
        bool waits = random.Next(3) == 0;
        int more = random.Next(4);
        RunOptions options = new()
        {
            Environment = waits ? "classic/cartpole:delay=gamma/1/0.2ms" : "classic/cartpole",
            Agents = 1 + random.Next(2, 6),
            Simulators = 2,
            Rollout = 5,
            Runners = 1 + random.Next(4),
            Frames = waits ? 3_000 : 12_000,
            Seed = (ulong)seed,
            Topology = Topologies[random.Next(Topologies.Length)],
            Gossip = rule,
            MaxStaleness = rule.StartsWith("sig", StringComparison.Ordinal) ? null : random.Next(3) switch { 0 => 0, 1 => 2, _ => null },
            MessageFormat = random.Next(3) == 0 ? "bfloat16" : "float32",
            GossipGradients = more == 1,
            GossipStatistics = more == 2,
            LockStepFrames = more == 3 ? 2_000 : 0,
            LearningRateSchedule = random.Next(2) == 0 ? "linear" : "constant",
        };

        TrainThenReplay(options, runners: 1 + random.Next(4));
    }

    [Theory]
    [InlineData("ring", 0.4)]
    [InlineData("star", 0.7)]
    public void Replay_OfAgentsThatFailed_HasThemFailAtTheSameStep(string topology, double when)
    {
        string name = $"tests/replayed-{Interlocked.Increment(ref _runs)}";
        int step = (int)(when * 500);
        RunOptions options = BrokenSimulator.Run(name, "", (index, at) => index == 3 && at == step, BrokenSimulator.Throw) with
        {
            Agents = 4,
            Rollout = 5,
            Topology = topology,
            LearningRateSchedule = "linear",
            Frames = 20_000,
        };

        RunSummary summary = TrainThenReplay(options, runners: 2);

        Assert.Equal(["agent 1"], summary.FailedAgents.Select(failed => failed.Name));
    }

    [Fact]
    public void Replay_OfAnAgentThatHung_DoesNotHang()
    {
        using ManualResetEventSlim hasHung = new();
        RunOptions options = Hanging((index, step) => Hangs(index, step, hasHung)) with { Topology = "complete" };

        RunSummary summary = TrainThenReplay(options, runners: 3);

        Assert.Contains("agent 1", summary.FailedAgents.Select(failed => failed.Name));
    }

    [Fact]
    public void Replay_OfAnAgentThatCameBack_MakesAllItsUpdates()
    {
        using ManualResetEventSlim hasHung = new();
        RunOptions options = Hanging((index, step) => Hangs(index, step, hasHung)) with { Frames = 60_000, LearningRateSchedule = "linear" };

        TrainThenReplay(options, runners: 2, new LetGo(_letGo));
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("star")]
    public void Replay_OfAResumedRun_FollowsAllSessions(string topology)
    {
        RunOptions options = new()
        {
            Environment = "classic/cartpole",
            Agents = 3,
            Simulators = 2,
            Rollout = 5,
            Frames = 4_000,
            Topology = topology,
            CheckpointEvery = 1_000,
            Record = true,
            Run = _folder["run"],
        };
        TrainingRun.Start(options, [], CancellationToken.None);
        string newest = Directory.GetDirectories(Path.Combine(options.Run!, "checkpoints")).Order(StringComparer.Ordinal).Last();
        Directory.Delete(newest, recursive: true); // what came after the one before is void
        TrainingRun.Resume(options.Run!, 8_000, [], CancellationToken.None);
        RunSummary summary = TrainingRun.Resume(options.Run!, 12_000, [], CancellationToken.None).Summary;

        AssertSame(summary, Replay(options, runners: 2));
    }

    [Fact]
    public void Replay_OfSeveralProcesses_IsMadeInOne()
    {
        RunOptions options = new()
        {
            Environment = "classic/cartpole",
            Agents = 2,
            Simulators = 2,
            Rollout = 5,
            Frames = 12_000,
            Processes = 2,
            Transport = "mpi",
            Topology = "star",
            Record = true,
            Run = _folder["run"],
        };
        RunSummary? summary = null;
        Exception?[] failures = ThreadCluster.Run(2, cluster =>
        {
            TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None, cluster);
            summary = cluster.Process == 0 ? outcome.Summary : summary;
        });
        Assert.All(failures, Assert.Null);

        AssertSame(summary!, Replay(options, runners: 2));
    }

    [Fact]
    public void Replay_OfALockStepRun_RepeatsItToo() =>
        TrainThenReplay(
            new RunOptions { Environment = "classic/cartpole", Agents = 3, Simulators = 2, Frames = 6_000, Deterministic = true }, runners: 2);

    [Fact]
    public void Replay_EndsWithOtherParametersThanTheSummarySays_Fails()
    {
        RunOptions options = Trained();
        string file = Path.Combine(options.Run!, "summary.json");
        string sha = TrainingRun.Replay(options.Run!, _folder["first"], null, [], CancellationToken.None).Summary.ParametersSha256;
        File.WriteAllText(file, File.ReadAllText(file).Replace(sha, new string('0', sha.Length), StringComparison.Ordinal));

        TrainingFailedException failure = Assert.Throws<TrainingFailedException>(() => Replay(options, runners: 1));

        Assert.Contains("other parameters", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network", "run.yaml was changed since the record: entropy")]
    [InlineData("none", "was trained without --record")]
    [InlineData("damaged", "is damaged")]
    [InlineData("taken", "is not empty")]
    public void Replay_ThatCannotBe_IsRefusedAndWritesNothing(string fault, string reason)
    {
        RunOptions options = Trained();
        string record = Path.Combine(options.Run!, "record.bin"), yaml = Path.Combine(options.Run!, "run.yaml");
        switch (fault)
        {
            case "network":
                File.WriteAllText(yaml, string.Join('\n', File.ReadLines(yaml).Select(line => line.StartsWith("entropy:", StringComparison.Ordinal) ? "entropy: 0.5" : line)));
                break;
            case "none":
                File.Delete(record);
                break;
            case "damaged":
                byte[] bytes = File.ReadAllBytes(record);
                bytes[20] ^= 1;
                File.WriteAllBytes(record, bytes);
                break;
            default:
                Directory.CreateDirectory(_folder["replay"]);
                File.WriteAllText(Path.Combine(_folder["replay"], "mine.txt"), "");
                break;
        }

        InvalidRunException refused = Assert.Throws<InvalidRunException>(() => Replay(options, runners: 1));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(fault == "taken", Directory.Exists(_folder["replay"]));
    }

    [Theory]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("impala")]
    [InlineData("hts")]
    public void Record_OfAnotherArchitecture_IsRefused(string architecture)
    {
        OptionProblem problem = Assert.Single(
            RunOptionsValidator.Check(new RunOptions { Architecture = architecture, Record = true }), problem => problem.Option == "--record");

        Assert.Contains("only with gala", problem.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(RunSummary expected, RunSummary actual)
    {
        Assert.Equal(expected.ParametersSha256, actual.ParametersSha256);
        Assert.Equal((expected.Frames, expected.Updates, expected.Episodes, expected.Exchanges), (actual.Frames, actual.Updates, actual.Episodes, actual.Exchanges));
        Assert.Equal(expected.FailedAgents, actual.FailedAgents);
    }

    private RunSummary TrainThenReplay(RunOptions options, int runners, params IReadOnlyList<ITrainingObserver> observers)
    {
        options = options with { Record = true, Run = _folder["run"] };
        RunSummary summary = TrainingRun.Start(options, observers, CancellationToken.None).Summary;
        AssertSame(summary, Replay(options, runners));
        return summary;
    }

    private RunSummary Replay(RunOptions options, int runners) =>
        TrainingRun.Replay(options.Run!, _folder["replay"], runners, [], CancellationToken.None).Summary;

    private RunOptions Trained()
    {
        RunOptions options = new() { Environment = "classic/cartpole", Agents = 2, Simulators = 2, Frames = 500, Record = true, Run = _folder["run"] };
        TrainingRun.Start(options, [], CancellationToken.None);
        return options;
    }

    private RunOptions Hanging(Func<int, int, bool> hangs) => HangingSimulator.Run(
        string.Create(CultureInfo.InvariantCulture, $"tests/replayed-hanging-{Interlocked.Increment(ref _runs)}"), "", hangs, _letGo);

    /// <summary>One hangs after some updates, and the others wait for that.</summary>
    private static bool Hangs(int index, int step, ManualResetEventSlim hasHung)
    {
        bool hangs = index == 2 && step == 113;
        if (hangs)
        {
            hasHung.Set();
        }
        else if (index == 0 && step == 300)
        {
            hasHung.Wait(TimeSpan.FromMinutes(1));
        }

        return hangs;
    }

    /// <summary>Lets a simulator go on when its agent is thought to have failed.</summary>
    private sealed class LetGo(ManualResetEventSlim letGo) : ITrainingObserver
    {
        public void OnReport(TrainingReport report)
        {
        }

        public void OnMessage(string message)
        {
            if (message.StartsWith("agent 1 failed", StringComparison.Ordinal))
            {
                letGo.Set();
            }
        }
    }
}
