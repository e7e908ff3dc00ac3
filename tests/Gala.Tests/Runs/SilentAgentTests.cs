using System.Collections.Concurrent;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs;

/// <summary>Simulators that hang, in whole runs. An agent has two simulators and makes 10 frames an update.</summary>
public sealed class SilentAgentTests : IDisposable
{
    private const string Silence = "it gave no sign of life for 0.5 s";
    private static int _runs; // names of environments must differ

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _letGo = new();
    private readonly ManualResetEventSlim _hasHung = new(); // before, the others wait: they might make all updates without the one that hangs

    public void Dispose()
    {
        _letGo.Set();
        _hasHung.Set();
        _folder.Dispose();
    }

    [Fact]
    public void Gala_ASimulatorHangs_TheOthersTrainToTheEndAndItsLastCaptureStands()
    {
        RunOptions options = Hanging((index, step) => index == 2 && step == 113); // in agent 1's 23rd update

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.False(outcome.Interrupted);
        Assert.InRange(outcome.Summary.Frames, 2_990, 3_000); // the others may have made all updates before the silence is long enough
        Assert.Contains(outcome.Summary.FailedAgents, failed => failed.Name == "agent 1" && failed.Reason.StartsWith(Silence, StringComparison.Ordinal));
        Checkpoint last = LastCheckpoint(options);
        Assert.True(last.Agents[1].HasFailed);
        Assert.Contains(last.Agents[1].Updates, (long[])[0, 10, 20]);
        Assert.Equal(outcome.Summary.Frames, 10 * (last.Agents[0].Updates + 22 + last.Agents[2].Updates)); // the others made its updates
    }

    [Fact]
    public void Gala_ASimulatorHangsInItsFirstReset_TheOthersTrainToTheEnd()
    {
        RunOptions options = Hanging((index, step) => index == 2 && step == 0);

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.InRange(outcome.Summary.Frames, 2_990, 3_000);
        Assert.Contains(outcome.Summary.FailedAgents, failed => failed.Name == "agent 1");
    }

    [Theory]
    [InlineData("a3c")]
    [InlineData("impala")]
    public void Run_ASimulatorHangs_TheOthersTrainToTheEnd(string architecture)
    {
        RunOptions options = Hanging((index, step) => index == 2 && step == 13) with
        {
            Architecture = architecture,
            Batch = architecture == "impala" ? 3 : null, // the hanging actor holds one of three trajectories for batches of three
            Queue = architecture == "impala" ? 3 : null,
        };

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.False(outcome.Interrupted);
        Assert.InRange(outcome.Summary.Frames, 2_970, 3_000); // whole updates
        Assert.Contains(
            outcome.Summary.FailedAgents,
            failed => failed.Name is "agent 1" or "actor 1" && failed.Reason.StartsWith(Silence, StringComparison.Ordinal)); // nor did it come back
        Assert.True(LastCheckpoint(options).Frames > 2_900);
    }

    [Theory]
    [InlineData("gala", true, 3, "agent 1")]
    [InlineData("gala", false, 1, "agent 0")] // nobody can stand in for it
    [InlineData("a2c", false, 3, "agent 1")]
    [InlineData("a2c", false, 3, "agent 1", 1)] // in its very first step
    [InlineData("hts", false, 1, "executor")]
    [InlineData("impala", false, 1, "actor 0")] // for which the learner waits
    public void Run_ASimulatorHangsThatCannotBeDoneWithout_EndsWithTheReason(
        string architecture, bool deterministic, int agents, string name, int at = 13)
    {
        RunOptions options = Hanging((index, step) => index == (agents == 1 ? 1 : 2) && step == at) with
        {
            Architecture = architecture,
            Deterministic = deterministic,
            Agents = agents,
        };

        TrainingFailedException exception = Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(Silence, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)] // in its first reset, which may take long while training goes on
    [InlineData(13)]
    public void Stop_WhileASimulatorHangs_SavesTheOthers(int step)
    {
        using CancellationTokenSource stop = new();
        RunOptions options = Hanging((index, at) =>
        {
            if (index == 4 && at == 200)
            {
                stop.Cancel(); // another agent is well under way
            }

            return index == 2 && at == step;
        }) with
        { Frames = 1_000_000_000 };

        TrainingOutcome outcome = TrainingRun.Start(options, [], stop.Token);

        Assert.True(outcome.Interrupted);
        Checkpoint last = LastCheckpoint(options);
        Assert.Equal([false, true, false], last.Agents.Select(agent => agent.HasFailed));
        Assert.True(last.Agents[2].Updates >= 40);
        Assert.Equal(0, last.Agents[1].Updates);
    }

    [Fact]
    public void Gala_ASimulatorHangsWhileItIsSaved_TheOthersTrainToTheEnd()
    {
        RunOptions options = Hanging((_, _) => false);
        EnvironmentRegistry.Default.Register($"tests/hanging-save-{_runs}", () => new HangingSave(_letGo, _hasHung));

        TrainingOutcome outcome = TrainingRun.Start(
            options with { Environment = $"tests/hanging-save-{_runs}", Simulators = 1 }, [], CancellationToken.None);

        Assert.Single(outcome.Summary.FailedAgents);
        Assert.Contains(LastCheckpoint(options).Agents, agent => agent.HasFailed);
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("impala")]
    public void Run_EndsWhileASimulatorHangs_DisposesWhatItsThreadUsesWhenThatEnds(string architecture)
    {
        ConcurrentBag<int> disposed = [];
        using CountdownEvent all = new(6);
        RunOptions options = Hanging((index, step) => index == 2 && step == 13, index =>
        {
            disposed.Add(index);
            all.Signal();
        }) with
        { Architecture = architecture };

        _ = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.Equal([0, 1, 4, 5], disposed.Order());
        _letGo.Set();
        Assert.True(all.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal([0, 1, 2, 3, 4, 5], disposed.Order());
    }

    [Fact]
    public void Run_AnEnvironmentHangsInItsDisposal_EndsAllTheSame()
    {
        List<string> heard = [];
        RunOptions options = Hanging((_, _) => false, index => Assert.True(index != 3 || _letGo.Wait(TimeSpan.FromMinutes(1))));
        _hasHung.Set();

        TrainingOutcome outcome = TrainingRun.Start(options, [new Listener(heard.Add)], CancellationToken.None);

        Assert.Equal(3_000, outcome.Summary.Frames);
        Assert.Contains(heard, message => message.StartsWith("An environment did not come back from its disposal", StringComparison.Ordinal));
    }

    [Fact]
    public void Stop_WhileTheFirstResetOfTheTrialHangs_IsHeard()
    {
        using CancellationTokenSource stop = new();
        string name = $"tests/hanging-trial-{++_runs}";
        EnvironmentRegistry.Default.Register(name, () => new HangingTrial(_letGo, stop));

        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => TrainingRun.Start(
            new RunOptions { Environment = name, PeerTimeout = 0.1, Run = _folder["trial"] }, [], stop.Token));

        Assert.Contains("had not come back from its first reset", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["trial"]));
    }

    [Fact]
    public void Gala_ASilentAgentComesBack_IsTakenBackAndCheckpointsHaveItAgain()
    {
        using CancellationTokenSource stop = new();
        List<string> heard = [];
        int agentOneSteps = 0;
        RunOptions options = Hanging((index, step) =>
        {
            agentOneSteps = index == 2 ? step : agentOneSteps;
            if (index == 2 && step == 300)
            {
                stop.Cancel(); // it trains on after it was back
            }

            return index == 2 && step == 113;
        }) with
        { Frames = 1_000_000_000 };
        Listener listener = new(message =>
        {
            heard.Add(message);
            if (message.StartsWith("agent 1 failed", StringComparison.Ordinal))
            {
                _letGo.Set();
            }
        });

        TrainingOutcome outcome = TrainingRun.Start(options, [listener], stop.Token);

        Assert.Contains("agent 1 is back.", heard);
        Assert.DoesNotContain(outcome.Summary.FailedAgents, failed => failed.Name == "agent 1");
        AgentCheckpoint saved = LastCheckpoint(options).Agents[1];
        Assert.False(saved.HasFailed);
        Assert.True(saved.Updates >= 59, $"{saved.Updates} updates");
    }

    private RunOptions Hanging(Func<int, int, bool> hangs, Action<int>? disposed = null) => HangingSimulator.Run(
        $"tests/hanging-{++_runs}",
        _folder[$"{_runs}"],
        (index, step) =>
        {
            bool hangsNow = hangs(index, step);
            if (hangsNow)
            {
                _hasHung.Set();
            }
            else if (step == 120 && index is 0 or 4) // late enough for all that is asked for here
            {
                _hasHung.Wait(TimeSpan.FromMinutes(1));
            }

            return hangsNow;
        },
        _letGo,
        disposed);

    private static Checkpoint LastCheckpoint(RunOptions options) =>
        new CheckpointStore(Path.Combine(options.Run!, "checkpoints")).LoadNewestWhole(message => Assert.Fail(message));

    /// <summary>Asks for a stop in its first reset, and does not come back from that.</summary>
    private sealed class HangingTrial(ManualResetEventSlim letGo, CancellationTokenSource stop) : IEnvironment, IResumable
    {
        public EnvironmentSpec Spec { get; } = new() { Id = "tests/hanging-trial", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation)
        {
            stop.Cancel();
            letGo.Wait(TimeSpan.FromMinutes(1));
        }

        public StepResult Step(int action, Span<float> observation) => default;

        public void SaveState(BinaryWriter writer)
        {
        }

        public void LoadState(BinaryReader reader)
        {
        }
    }

    /// <summary>The first of its kind that is saved after its twentieth step never comes back from that.</summary>
    private sealed class HangingSave(ManualResetEventSlim letGo, ManualResetEventSlim hasHung) : IEnvironment, IResumable
    {
        private static int _hanging; // 1 once one hangs
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/hanging-save", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation)
        {
            _steps = 0;
            observation.Clear();
        }

        public StepResult Step(int action, Span<float> observation) => new(action, ++_steps % 10 == 0, Truncated: false);

        public void SaveState(BinaryWriter writer)
        {
            if (_steps > 20 && Interlocked.Exchange(ref _hanging, 1) == 0)
            {
                hasHung.Set();
                letGo.Wait(TimeSpan.FromMinutes(1));
            }

            writer.Write(_steps);
        }

        public void LoadState(BinaryReader reader) => _steps = reader.ReadInt32();
    }

    private sealed class Listener(Action<string> hear) : ITrainingObserver
    {
        public void OnReport(TrainingReport report)
        {
            // Only messages matter here.
        }

        public void OnMessage(string message) => hear(message);
    }
}
