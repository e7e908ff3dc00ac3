using Gala.Architectures;
using Gala.Learning;
using Gala.Numerics;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Tests.Architectures;

namespace Gala.Tests.Runs;

/// <summary>Simulators that break, in whole runs.</summary>
public sealed class FaultTests : IDisposable
{
    private static int _runs; // names of environments must differ

    private readonly TemporaryFolder _folder = new();
    private readonly LastReport _last = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", false, "mlp")]
    [InlineData("gala", true, "mlp")]
    [InlineData("gala", true, "mlp-lstm")]
    [InlineData("a2c", true, "mlp")]
    [InlineData("a3c", false, "mlp")]
    [InlineData("hts", true, "mlp")]
    [InlineData("hts", true, "mlp-lstm")]
    [InlineData("impala", false, "mlp-lstm")]
    public void Run_ASimulatorGivesNoNumbersNowAndThen_LeavesThoseUpdatesOutAndGoesOn(string architecture, bool deterministic, string network)
    {
        BrokenSimulator.Fault[] faults = [BrokenSimulator.GiveNaN, BrokenSimulator.ShowNaN, BrokenSimulator.GiveTooMuch];
        foreach (BrokenSimulator.Fault fault in faults)
        {
            RunOptions options = Broken(1, step => step is 13 or 14 or 101, fault) with
            {
                Architecture = architecture,
                Agents = architecture == "hts" ? 1 : 3,
                Deterministic = deterministic,
                Network = network,
                MaxGradientNorm = 0,
            };

            RunSummary summary = TrainingRun.Start(options, [_last], CancellationToken.None).Summary;

            Assert.InRange(summary.RefusedUpdates, 1, 15); // a broken observation may be the last of an update, and so the first of the next
            Assert.Equal(3_000, summary.Frames);
            Assert.NotNull(summary.MeanReturn100);
            AssertFinite(LastCheckpoint(options));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e20f)] // its square is beyond a float
    public void Step_OneElementOfTheGradientIsNoGood_LeavesEveryBitOfParametersAndOptimizer(float element)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 1, deterministic: true), _ => { });
        ActorLearner learner = ((GalaA2C)group.Agents[0]).Learner;
        learner.Collect();
        LossStatistics loss = learner.ComputeGradients();
        Assert.False(learner.Step(loss).IsRefused);
        AgentCheckpoint before = AgentCapture.Of(group.Agents[0]);

        learner.Network.Gradients.Span[7] = element;

        Assert.True(learner.Step(loss).IsRefused);
        AgentCheckpoint after = AgentCapture.Of(group.Agents[0]);
        Assert.Equal(before.Parameters, after.Parameters);
        Assert.Equal(before.OptimizerSteps, after.OptimizerSteps);
        Assert.Equal(before.OptimizerState.SelectMany(state => state.Values), after.OptimizerState.SelectMany(state => state.Values));
    }

    [Fact]
    public void Run_OneAgentsSimulatorGivesNaN_NoOtherAgentRefusesAnUpdate()
    {
        RunOptions options = Broken(3, step => step % 50 == 7, BrokenSimulator.GiveNaN) with { Agents = 3, Deterministic = true }; // agent 1 has 2 and 3

        RunSummary summary = TrainingRun.Start(options, [_last], CancellationToken.None).Summary;

        Assert.Equal(10, summary.RefusedUpdates); // 500 steps of each simulator
        Assert.Equal([0L, 10, 0], _last.Report!.Agents.Select(agent => agent.RefusedUpdates));
        Assert.Contains("agent 1: update 2 was left out", File.ReadAllText(_folder[$"{_runs}/log.txt"]), StringComparison.Ordinal);
        Assert.Contains("\"refusedUpdates\": 10", File.ReadAllText(_folder[$"{_runs}/summary.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OneAgentsParametersAreNoNumbers_TheOtherRefusesItsMessageAndItTakesOverTheOthers()
    {
        RunOptions options = Broken(0, _ => false, BrokenSimulator.GiveNaN) with { Agents = 2, Deterministic = true };
        RunSummary whole = TrainingRun.Start(options, [], CancellationToken.None).Summary;
        Assert.DoesNotContain("refusedMessages", File.ReadAllText(_folder[$"{_runs}/summary.json"]) + File.ReadAllText(_folder[$"{_runs}/metrics.jsonl"]), StringComparison.Ordinal);
        Checkpoint checkpoint = LastCheckpoint(options);
        checkpoint.Agents[1].Parameters[^1] = float.NaN;
        Directory.Delete(_folder[$"{_runs}/checkpoints"], recursive: true);
        new CheckpointStore(_folder[$"{_runs}/checkpoints"]).Save(checkpoint);

        RunSummary summary = TrainingRun.Resume(options.Run!, 2 * whole.Frames, [_last], CancellationToken.None).Summary;

        Assert.Equal((1, 1), (summary.RefusedMessages, summary.RefusedUpdates)); // then it is as good as the other
        Assert.Equal([1L, 0], _last.Report!.Agents.Select(agent => agent.RefusedMessages));
        AssertFinite(LastCheckpoint(options));
        Assert.Contains("Agent 0: a message of agent 1 was refused", File.ReadAllText(_folder[$"{_runs}/log.txt"]), StringComparison.Ordinal);
        Assert.Contains("\"refusedMessages\": 1", File.ReadAllText(_folder[$"{_runs}/summary.json"]), StringComparison.Ordinal);
        Assert.Contains("\"refusedMessages\":1", File.ReadAllText(_folder[$"{_runs}/metrics.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_AfterRefusedUpdates_CountsThemOn()
    {
        RunOptions options = Broken(0, step => step == 3, BrokenSimulator.GiveNaN) with { Agents = 1 };
        _ = TrainingRun.Start(options, [], CancellationToken.None); // simulators that cannot be saved start anew: the third step comes again

        Assert.Equal(2, TrainingRun.Resume(options.Run!, 6_000, [], CancellationToken.None).Summary.RefusedUpdates);
    }

    [Fact]
    public void Run_ASimulatorGivesNothingButNaN_FailsAndLeavesTheLastCheckpoint()
    {
        RunOptions options = Broken(0, step => step > 800, BrokenSimulator.GiveNaN) with { Agents = 1, Frames = 1_000_000 };

        TrainingFailedException exception = Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        Assert.StartsWith("agent 0 failed: The gradients of 100 updates", exception.Message, StringComparison.Ordinal);
        AssertFinite(LastCheckpoint(options));
    }

    [Theory]
    [InlineData("gala", true, false)] // lock-step, in which nobody can be done without
    [InlineData("a2c", false, false)]
    [InlineData("hts", false, false)]
    [InlineData("gala", false, true)]
    [InlineData("a3c", false, true)]
    [InlineData("impala", false, true)]
    public void Run_SimulatorsThrow_FailsWithTheReasonAndLeavesAllThatWasWritten(string architecture, bool deterministic, bool all)
    {
        RunOptions options = Broken(index => all || index == 1, step => step >= 1_000 && HasCheckpoint(), BrokenSimulator.Throw) with
        {
            Architecture = architecture,
            Deterministic = deterministic,
            Agents = architecture == "hts" ? 1 : 2,
            Frames = 1_000_000,
            CheckpointEvery = 50,
        };

        TrainingFailedException exception = Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        Assert.Contains("the simulator is on fire", exception.Message, StringComparison.Ordinal);
        AssertFinite(LastCheckpoint(options));
        Assert.Contains("the simulator is on fire", File.ReadAllText(_folder[$"{_runs}/log.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CheckpointsCannotBeWritten_TrainsOnAndFailsOnlyAtTheEnd()
    {
        RunOptions options = Broken(0, step => step == 1, observation => Block()) with { Agents = 1 };

        TrainingFailedException exception = Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [_last], CancellationToken.None));

        Assert.StartsWith("the end of the run could not be saved", exception.Message, StringComparison.Ordinal);
        Assert.Contains("A checkpoint could not be written", File.ReadAllText(_folder[$"{_runs}/log.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CheckpointsCannotBeWrittenForAWhile_GoesOnAndWritesLaterOnes()
    {
        using ManualResetEventSlim heard = new();
        RunOptions options = Broken(0, step => step is 1 or 1_000, observation =>
        {
            if (!File.Exists(_folder[$"{_runs}/checkpoints"]))
            {
                return Block();
            }

            heard.Wait(); // the run's thread has seen the checkpoints fail that were due so far
            File.Delete(_folder[$"{_runs}/checkpoints"]);
            return 0;
        }) with
        { Agents = 1, CheckpointEvery = 1_000 };

        RunSummary summary = TrainingRun.Start(options, [new Listener("A checkpoint could not be written", _ => heard.Set())], CancellationToken.None).Summary;

        Assert.Equal(summary.Frames, LastCheckpoint(options).Frames);
    }

    [Fact]
    public void Run_AnObserverCannotWrite_TrainsToTheEndAndTellsTheOthersOnce()
    {
        int told = 0;
        RunOptions options = Broken(0, step => false, BrokenSimulator.GiveNaN) with { Agents = 1, ReportEvery = 0.001 };

        _ = TrainingRun.Start(options, [new FullDisk(), new Listener(nameof(FullDisk), _ => told++)], CancellationToken.None);

        Assert.Equal(1, told);
    }

    [Fact]
    public void Run_AnObserverThrows_IsLeftOutAndTrainingGoesOn()
    {
        List<string> told = [];
        Thrower thrower = new();
        RunOptions options = Broken(0, step => false, BrokenSimulator.GiveNaN) with { Agents = 1, ReportEvery = 0.001 };

        TrainingOutcome outcome = TrainingRun.Start(options, [thrower, new Listener(nameof(Thrower), told.Add)], CancellationToken.None);

        Assert.Equal(3_000, outcome.Summary.Frames);
        Assert.Equal(1, thrower.Calls);
        Assert.Equal(["Thrower threw InvalidOperationException and is left out from now on: the observer is on fire"], told);
        Assert.True(File.Exists(_folder[$"{_runs}/summary.json"]));
        Assert.Equal(3_000, LastCheckpoint(options).Frames);
    }

    [Fact]
    public void Run_ReportsAreDueFasterThanTheyCanBeMade_EndsAndHeedsAStop()
    {
        using CancellationTokenSource stop = new();
        RunOptions options = Broken(0, step => false, BrokenSimulator.GiveNaN) with { Agents = 1, ReportEvery = 1e-6 };
        Assert.False(TrainingRun.Start(options, [], CancellationToken.None).Interrupted);

        int reports = 0;
        Reporter reporter = new(() =>
        {
            if (++reports == 3)
            {
                stop.Cancel();
            }
        });
        options = Broken(0, step => false, BrokenSimulator.GiveNaN) with { Agents = 1, ReportEvery = 1e-6, Frames = 1_000_000_000 };

        Assert.True(TrainingRun.Start(options, [reporter], stop.Token).Interrupted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // and has no message at all
    public void Run_AnExceptionThrowsWhenItIsAskedForItsMessage_IsToldByItsTypeAndTheOthersGoOn(bool isNull)
    {
        RunOptions options = Broken(2, step => step == 20, _ => throw new Riddle(isNull)) with { Agents = 2 };

        RunSummary summary = TrainingRun.Start(options, [], CancellationToken.None).Summary;

        Assert.Equal([new FailedAgent("agent 1", nameof(Riddle))], summary.FailedAgents);

        options = Broken(2, step => step == 20, _ => throw new Riddle(isNull)) with { Agents = 2, Architecture = "a2c" };
        Assert.StartsWith(
            $"agent 1 failed: {nameof(Riddle)}; no checkpoint was written before",
            Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [], CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Run_TheLockAloneIsDeleted_GoesOnInItsFolder()
    {
        RunOptions options = Broken(0, step => step == 100, _ =>
        {
            File.Delete(_folder[$"{_runs}/run.lock"]);
            return 0;
        }) with
        { Agents = 1 };

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.Equal(options.Run, outcome.Directory);
        Assert.True(File.Exists(_folder[$"{_runs}/run.lock"]));
        Assert.DoesNotContain("deleted", File.ReadAllText(_folder[$"{_runs}/log.txt"]), StringComparison.Ordinal);
        Assert.Equal(3_000, LastCheckpoint(options).Frames);
    }

    [LinuxFact]
    public void Run_TheFolderIsRenamed_EverythingGoesOnThere()
    {
        RunOptions options = Broken(0, step => step == 100 && Directory.Exists(_folder[$"{_runs}"]), _ =>
        {
            Directory.Move(_folder[$"{_runs}"], _folder["elsewhere"]);
            return 0;
        }) with
        { Agents = 1 };

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.Equal(_folder["elsewhere"], outcome.Directory);
        Assert.False(Directory.Exists(options.Run));
        Assert.Equal(3_000, LastCheckpoint(options with { Run = _folder["elsewhere"] }).Frames);
        Assert.True(File.Exists(_folder["elsewhere/summary.json"]));
        Assert.Contains("was renamed", File.ReadAllText(_folder["elsewhere/log.txt"]), StringComparison.Ordinal);
        Assert.Equal(6_000, TrainingRun.Resume(outcome.Directory, 6_000, [], CancellationToken.None).Summary.Frames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // and another folder stands in its place
    public void Run_TheFolderIsDeleted_IsMadeAnewWithWhatCanStillBeWritten(bool replaced)
    {
        string other = "";
        bool isDeleted = false;
        RunOptions options = Broken(0, step => step == 100 && !isDeleted, _ =>
        {
            isDeleted = true;
            Directory.Delete(_folder[$"{_runs}"], recursive: true);
            if (replaced)
            {
                other = Path.Combine(Directory.CreateDirectory(_folder[$"{_runs}"]).FullName, "mine");
                File.WriteAllText(other, "");
            }

            return 0;
        }) with
        { Agents = 1 };
        List<string> told = [];

        TrainingOutcome outcome = TrainingRun.Start(options, [new Listener("folder", told.Add), new Listener("The run goes on in", told.Add)], CancellationToken.None);

        Assert.Equal(replaced ? options.Run + "-2" : options.Run, outcome.Directory);
        Assert.Contains(told, message => message.Contains("was deleted", StringComparison.Ordinal));
        Assert.Contains(told, message => message.StartsWith($"The run goes on in {outcome.Directory}", StringComparison.Ordinal));
        Assert.Equal(3_000, LastCheckpoint(options with { Run = outcome.Directory }).Frames);
        Assert.Equal(6_000, TrainingRun.Resume(outcome.Directory, 6_000, [], CancellationToken.None).Summary.Frames);
        Assert.True(!replaced || Directory.GetFileSystemEntries(options.Run!).SequenceEqual([other]));
    }

    /// <summary>Whether all agents have been far enough for a checkpoint of them, which no clock tells.</summary>
    private bool HasCheckpoint() => Directory.Exists(_folder[$"{_runs}/checkpoints"])
        && Directory.EnumerateDirectories(_folder[$"{_runs}/checkpoints"]).Any(path => Path.GetFileName(path).All(char.IsAsciiDigit));

    /// <summary>A file where the folder should be.</summary>
    private float Block()
    {
        File.WriteAllText(_folder[$"{_runs}/checkpoints"], "");
        return 0;
    }

    private RunOptions Broken(int simulator, Func<int, bool> step, BrokenSimulator.Fault fault) => Broken(index => index == simulator, step, fault);

    private RunOptions Broken(Func<int, bool> simulator, Func<int, bool> step, BrokenSimulator.Fault fault) =>
        BrokenSimulator.Run($"tests/broken-{++_runs}", _folder[$"{_runs}"], (index, steps) => simulator(index) && step(steps), fault);

    private static Checkpoint LastCheckpoint(RunOptions options) =>
        new CheckpointStore(Path.Combine(options.Run!, "checkpoints")).LoadNewestWhole(message => Assert.Fail(message));

    private static void AssertFinite(Checkpoint checkpoint)
    {
        Assert.All(checkpoint.Agents, agent => Assert.True(Kernels.AllFinite(agent.Parameters)));
        Assert.All(checkpoint.Agents.SelectMany(agent => agent.OptimizerState), state => Assert.True(Kernels.AllFinite(state.Values)));
    }

    private sealed class FullDisk : ITrainingObserver
    {
        public void OnReport(TrainingReport report) => throw new IOException("No space left on device");

        public void OnMessage(string message) => throw new IOException("No space left on device");
    }

#pragma warning disable CA1032 // it is no exception for others
    private sealed class Riddle(bool isNull) : Exception
#pragma warning restore CA1032
    {
        public override string Message => isNull ? null! : throw new InvalidOperationException("no message");

        public override string ToString() => Message;
    }

    private sealed class Thrower : ITrainingObserver
    {
        public int Calls { get; private set; }

        public void OnReport(TrainingReport report)
        {
            Calls++;
            throw new InvalidOperationException("the observer is on fire");
        }

        public void OnMessage(string message)
        {
            // It throws on reports.
        }
    }

    private sealed class Reporter(Action heard) : ITrainingObserver
    {
        public void OnReport(TrainingReport report) => heard();

        public void OnMessage(string message)
        {
            // Only reports matter here.
        }
    }

    private sealed class Listener(string text, Action<string> heard) : ITrainingObserver
    {
        public void OnReport(TrainingReport report)
        {
            // Only messages matter here.
        }

        public void OnMessage(string message)
        {
            if (message.Contains(text, StringComparison.Ordinal))
            {
                heard(message);
            }
        }
    }

    private sealed class LastReport : ITrainingObserver
    {
        public TrainingReport? Report { get; private set; }

        public void OnReport(TrainingReport report) => Report = report;

        public void OnMessage(string message)
        {
            // The log has them.
        }
    }
}
