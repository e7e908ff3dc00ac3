using System.Globalization;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs;

/// <summary>What is said to whoever resumes, evaluates or finds a run.</summary>
public sealed class ResumedRunTests : IDisposable
{
    private static readonly RunOptions Small = new() { Environment = "classic/cartpole", Agents = 2, Simulators = 4, Frames = 400, Seed = 5, LearningRate = 0.01 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala")]
    [InlineData("a3c")]
    [InlineData("impala")]
    public void Resume_NewTotalUnderALinearSchedule_SaysWhatBecomesOfTheRate(string architecture)
    {
        Start(Small with { Architecture = architecture });
        const string Expected = "The learning rate falls to 0 over the new total of 4,000 frames: it continues at 0.009; it was 0 at the checkpoint.";
        Assert.Contains(Expected, Resume(4_000));
        Assert.Contains(Expected, File.ReadAllText(_folder["run/log.txt"]));
    }

    [Theory]
    [InlineData("linear", null)]
    [InlineData("constant", 4_000L)]
    public void Resume_SameTotalOrConstantRate_SaysNothingOfIt(string schedule, long? frames)
    {
        StartPaced(Small with { LearningRateSchedule = schedule });
        string[] checkpoints = [.. Directory.GetDirectories(_folder["run/checkpoints"]).Order(StringComparer.Ordinal)];
        Array.ForEach(checkpoints[1..], checkpoint => Directory.Delete(checkpoint, recursive: true));
        Assert.DoesNotContain(Resume(frames), message => message.Contains("learning rate", StringComparison.Ordinal));
    }

    [Fact]
    public void Resume_NewestIsDamaged_IsInTheLogToo()
    {
        StartPaced(Small);
        string newest = Directory.GetDirectories(_folder["run/checkpoints"]).Max(StringComparer.Ordinal)!;
        File.Delete(Path.Combine(newest, "agent-0.safetensors"));
        Assert.Contains(Resume(null), message => message.Contains("is used instead", StringComparison.Ordinal));
        Assert.Contains("is used instead", File.ReadAllText(_folder["run/log.txt"]));
    }

    [Theory]
    [InlineData(400, "give a larger total, such as --frames 800")]
    [InlineData(600_000_000_000_000, "give a larger total, such as --frames 1000000000000000")]
    [InlineData(999_999_999_999_960, "give a larger total, such as --frames 1000000000000000")]
    [InlineData(1_000_000_000_000_000, "no run has more than 1,000,000,000,000,000: start a new one")]
    public void Resume_NothingLeftToDo_AdvisesATotalThatIsTaken(long frames, string expected)
    {
        Start(Small);
        RunFolder run = RunFolder.Open(_folder["run"]);
        CheckpointStore store = new(run.CheckpointsDirectory, keep: 1);
        Checkpoint checkpoint = store.LoadNewestWhole();
        store.Save(checkpoint with
        {
            Frames = frames,
            Updates = frames / 20,
            Agents = [.. checkpoint.Agents.Select(agent => agent with { Updates = frames / 40 })],
        });
        run.WriteOptions(run.ReadOptions() with { Frames = frames });
        string message = Assert.Throws<InvalidRunException>(() => Resume(null)).Message;
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"the run has its {frames:N0} frames already; "), message);
        Assert.EndsWith(expected, message);
    }

    [Fact]
    public void Run_OfAnEnvironmentThatIsNotRegistered_BelongsToAProgram()
    {
        Start(Small);
        string yaml = _folder["run/run.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("classic/cartpole", "mine/maze:size=9", StringComparison.Ordinal));
        foreach (Action act in new Action[] { () => Resume(800), () => TrainedPolicy.Load(_folder["run"], agent: null).Dispose(), () => Play() })
        {
            Assert.Equal(
                $"'{_folder["run"]}' is a run of 'mine/maze', which is not registered here: it belongs to a program that registers it; "
                + "use TrainingRun.Resume and Evaluation.Play there",
                Assert.Throws<InvalidRunException>(act).Message);
        }
    }

    [Theory]
    [InlineData("classic/cartpole:length=9", "classic/cartpole has no option 'length'")]
    [InlineData("classic/cartpole:delay=recorded/no/such.txt", "there is no file 'no/such.txt'")]
    public void Play_EnvironmentThatCannotBeMade_IsOneLine(string environment, string expected)
    {
        Start(Small);
        string yaml = _folder["run/run.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("classic/cartpole", environment, StringComparison.Ordinal));
        string message = Assert.Throws<InvalidRunException>(Play).Message;
        Assert.StartsWith($"'{yaml}': ", message);
        Assert.Contains(expected, message);
        Assert.Contains(expected, Assert.Throws<InvalidOptionsException>(() => Resume(800)).Message);
    }

    [Fact]
    public void Play_NetworkWasChanged_IsRefused()
    {
        Start(Small);
        string yaml = _folder["run/run.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("network: mlp\n", "network: mlp-lstm\n", StringComparison.Ordinal));
        Assert.StartsWith("run.yaml was changed since the checkpoint: its networks have ", Assert.Throws<InvalidRunException>(Play).Message);
    }

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1e-30)]
    public void Start_ReportsDueSoonerThanTheyAreMade_Ends(double reportEvery)
    {
        Start(Small with { ReportEvery = reportEvery });
        Assert.True(File.Exists(_folder["run/summary.json"]));
    }

    /// <summary>A run that keeps each of its checkpoints.</summary>
    private void StartPaced(RunOptions options)
    {
        using Paced paced = new(options with { Deterministic = true, KeepCheckpoints = 100, Rollout = Paced.Rollout, Run = _folder["run"] });
        _ = TrainingRun.Start(paced.Options, [], CancellationToken.None);
    }

    private void Start(RunOptions options) => TrainingRun.Start(options with { Run = _folder["run"] }, [], CancellationToken.None);

    private Evaluation Play() => Evaluation.Play(_folder["run"], episodes: 1, agent: null, greedy: true, seed: 1);

    private List<string> Resume(long? frames)
    {
        Hearer hearer = new();
        _ = TrainingRun.Resume(_folder["run"], frames, [hearer], CancellationToken.None);
        return hearer.Messages;
    }

    private sealed class Hearer : ITrainingObserver
    {
        public List<string> Messages { get; } = [];

        public void OnReport(TrainingReport report)
        {
            // Only messages matter here.
        }

        public void OnMessage(string message) => Messages.Add(message);
    }
}
