using System.Collections.Concurrent;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs;

/// <summary>Simulators that hang, in whole runs. An agent has two simulators and makes 10 frames an update.</summary>
public sealed class SilentAgentTests : IDisposable
{
    private const string Silence = "it gave no sign of life for 1 s";
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
        Assert.Contains(outcome.Summary.FailedAgents, failed => failed.Name is "agent 1" or "actor 1");
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

    private sealed class Listener(Action<string> hear) : ITrainingObserver
    {
        public void OnReport(TrainingReport report)
        {
            // Only messages matter here.
        }

        public void OnMessage(string message) => hear(message);
    }
}
