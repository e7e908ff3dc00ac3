using System.Text.Json;
using Gala.Architectures;
using Gala.Numerics;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs;

/// <summary>Agents that fail while the others go on, in whole runs. An agent has two simulators and makes 10 frames an update.</summary>
public sealed class FailingAgentTests : IDisposable
{
    private const string Reason = "the simulator is on fire";
    private static int _runs; // names of environments must differ

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _hasFailed = new();
    private bool _othersWait; // for the first failure, where nothing else keeps them from doing all updates before it
    private bool _isMended; // from then on nothing breaks; written between two sessions

    public void Dispose()
    {
        _folder.Dispose();
        _hasFailed.Dispose();
    }

    [Fact]
    public void Gala_AnAgentFails_TheOthersDoItsFramesAndResumeRevivesIt()
    {
        RunOptions options = Broken(rank => rank == 1, step => step >= 113) with { Topology = "complete" };
        using Paced paced = new(options with { KeepCheckpoints = 1_000 });
        options = paced.Options;

        RunSummary summary = Train(options);

        Assert.Equal((3_000, 300), (summary.Frames, summary.Updates));
        Assert.Equal([new FailedAgent("agent 1", Reason)], summary.FailedAgents);
        Assert.Contains($"agent 1 failed, the others go on without it: {Reason}", File.ReadAllText(PathOf(options, "log.txt")), StringComparison.Ordinal);
        Checkpoint last = LastCheckpoint(options);
        Assert.Equal((22, 3_000), (last.Agents[1].Updates, last.Frames)); // it captured itself after 22 updates, and failed in the next
        Assert.Equal([false, true, false], last.Agents.Select(agent => agent.HasFailed));
        Assert.All(last.Agents, agent => Assert.True(Kernels.AllFinite(agent.Parameters)));
        double apart = Math.Sqrt(last.Agents[0].Parameters.Zip(last.Agents[2].Parameters, (x, y) => Math.Pow((double)x - y, 2)).Sum());
        Assert.Equal(apart / 2, summary.Consensus.MaxDistance, 1e-6); // two agents are both at half their distance from their mean
        Assert.InRange(summary.Consensus.RelativeDistance, 0, 0.5);
        Assert.InRange(Checkpoints(options).Count(checkpoint => checkpoint.Agents[1].HasFailed), 20, 300); // they go on after it

        _isMended = true;
        paced.GoOn();
        RunSummary resumed = TrainingRun.Resume(options.Run!, 6_000, [], CancellationToken.None).Summary;

        Assert.Equal(6_000, resumed.Frames);
        Assert.Empty(resumed.FailedAgents);
        AgentCheckpoint revived = LastCheckpoint(options).Agents[1];
        Assert.False(revived.HasFailed);
        Assert.InRange(revived.Updates, 21, 600);
        Assert.InRange(Checkpoints(options).Count(checkpoint => checkpoint.Frames > 3_000), 3, 300); // nor do they wait for it to catch up
    }

    [Fact]
    public void Gala_AnAgentFailsInItsFirstTurn_IsKeptAsItWasAtTheStart()
    {
        RunOptions options = Broken(rank => rank == 0, step => step == 1);

        RunSummary summary = Train(options);

        Assert.Equal(3_000, summary.Frames);
        AgentCheckpoint failed = LastCheckpoint(options).Agents[0];
        Assert.Equal(0, failed.Updates);
        using RunFolder folder = RunFolder.Open(options.Run!);
        using AgentGroup fresh = AgentFactory.Create(folder.ReadOptions(), _ => { });
        Assert.Equal(fresh.Agents[0].Parameters.Span.ToArray(), failed.Parameters);
        using TrainedPolicy policy = TrainedPolicy.Load(options.Run!, agent: null);
        float[] mean = [.. LastCheckpoint(options).Agents[1].Parameters.Zip(LastCheckpoint(options).Agents[2].Parameters, (x, y) => (float)(((double)x + y) / 2))];
        Assert.Equal(mean, policy.Parameters.Span.ToArray()); // of those that learned
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gala_TwoOfThreeFail_TheThirdTrainsToTheEnd(bool gradients)
    {
        RunOptions options = Broken(rank => rank != 2, step => step >= 40) with
        {
            GossipStatistics = !gradients,
            GossipGradients = gradients,
            Gossip = "every=2",
            KeepCheckpoints = 1_000,
        };
        using Paced paced = new(options);
        options = paced.Options;

        RunSummary summary = Train(options);

        Assert.Equal(3_000, summary.Frames);
        Assert.Equal(["agent 0", "agent 1"], summary.FailedAgents.Select(agent => agent.Name).Order());
        Assert.Equal(0, summary.Consensus.MaxDistance);
        Assert.InRange(LastCheckpoint(options).Agents[2].Updates, 284, 300);
        AgentCheckpoint[] late = [.. Checkpoints(options).Select(checkpoint => checkpoint.Agents[2]).Where(agent => agent.Updates > 150).OrderBy(agent => agent.Updates)];
        Assert.NotEqual(late[0].Parameters, late[^1].Parameters); // its rate would have been 0 after its own share of 100 updates
    }

    [Fact]
    public void Gala_AnAgentFails_ReportsSayWhoAndWhy()
    {
        RunOptions options = Broken(rank => rank == 1, step => step >= 40);

        RunSummary summary = Train(options);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(PathOf(options, "summary.json")));
        JsonElement listed = Assert.Single(json.RootElement.GetProperty("failedAgents").EnumerateArray());
        Assert.Equal(("agent 1", Reason), (listed.GetProperty("name").GetString(), listed.GetProperty("reason").GetString()));
        JsonElement report = JsonDocument.Parse(File.ReadLines(PathOf(options, "metrics.jsonl")).Last()).RootElement;
        Assert.Equal("agent 1", report.GetProperty("failedAgents")[0].GetProperty("name").GetString());
        JsonElement[] agents = [.. report.GetProperty("agents").EnumerateArray()];
        Assert.Equal(["finished", "failed", "finished"], agents.Select(agent => agent.GetProperty("state").GetString()));
        Assert.Equal(
            [JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Number], agents.Select(agent => agent.GetProperty("distanceToMean").ValueKind));
        Assert.Equal(summary.Frames, report.GetProperty("frames").GetInt64());
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(300, true)]
    public void GalaThatSwitches_AnAgentFails_OnlyAfterTheSwitchDoTheOthersGoOn(int step, bool goesOn)
    {
        RunOptions options = Broken(rank => rank == 1, at => at >= step) with { LockStepFrames = 900 }; // 30 updates of each: 150 steps

        if (goesOn)
        {
            Assert.Equal(3_000, Train(options).Frames);
        }
        else
        {
            Assert.StartsWith($"agent 1 failed: {Reason}", Assert.Throws<TrainingFailedException>(() => Train(options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A3C_AWorkerFails_TheOthersGoOnAndItsCheckpointHasWhatTheyLearned()
    {
        _othersWait = true;
        RunOptions options = Broken(rank => rank == 2, step => step >= 40) with { Architecture = "a3c" };

        RunSummary summary = Train(options);

        Assert.Equal(3_000, summary.Frames);
        Assert.Equal("agent 2", Assert.Single(summary.FailedAgents).Name);
        Checkpoint last = LastCheckpoint(options);
        Assert.Equal(last.Agents[0].Parameters, last.Agents[2].Parameters); // the last one is what resuming leaves in the shared vector
        Assert.Equal(last.Agents[0].OptimizerState[0].Values, last.Agents[2].OptimizerState[0].Values);
        using TrainedPolicy policy = TrainedPolicy.Load(options.Run!, agent: 2);
        Assert.Equal(last.Agents[0].Parameters, policy.Parameters.Span.ToArray());
    }

    [Fact]
    public void Impala_AnActorFails_ItsTrajectoryGoesToTheOthers()
    {
        // With two trajectories for batches of two, the learner would wait for ever if one were lost.
        _othersWait = true;
        RunOptions options = Broken(rank => rank == 1, step => step == 1) with { Architecture = "impala", Agents = 2, Batch = 2, Queue = 2, Network = "mlp" };

        RunSummary summary = Train(options);

        Assert.InRange(summary.Frames, 2_900, 3_000); // whole updates
        Assert.Equal([new FailedAgent("actor 1", Reason)], summary.FailedAgents);
        Assert.False(LastCheckpoint(options).Agents[0].HasFailed);
    }

    [Fact]
    public void GalaOfTwoProcesses_AnAgentOfOneFails_BothTrainToTheEndAndTheSummarySaysWhere()
    {
        RunOptions options = Broken(rank => rank == 3, step => step >= 40) with { Agents = 2, Processes = 2, Transport = "mpi", Topology = "complete" };
        RunSummary[] summaries = new RunSummary[2];

        Assert.All(ThreadCluster.Run(2, cluster => summaries[cluster.Process] =
            TrainingRun.Start(options, [], CancellationToken.None, cluster).Summary), Assert.Null);

        Assert.Equal([new FailedAgent("agent 1 of process 1", Reason)], summaries[0].FailedAgents);
        Assert.Equal((4, 3_000), (summaries[0].Agents, summaries[0].Frames));
        Assert.InRange(summaries[0].Consensus.RelativeDistance, 0, 0.5);
    }

    private RunOptions Broken(Func<int, bool> rank, Func<int, bool> step) => BrokenSimulator.Run(
        $"tests/failing-{++_runs}",
        _folder[$"{_runs}"],
        (index, steps) =>
        {
            if (!_isMended && index % 2 == 0 && rank(index / 2) && step(steps))
            {
                _hasFailed.Set();
                return true;
            }

            return _othersWait && !rank(index / 2) && !_hasFailed.Wait(TimeSpan.FromMinutes(1));
        },
        BrokenSimulator.Throw) with
    { Agents = 3, Rollout = 5 };

    private static RunSummary Train(RunOptions options)
    {
        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);
        Assert.False(outcome.Interrupted);
        return outcome.Summary;
    }

    private static string PathOf(RunOptions options, string name) => Path.Combine(options.Run!, name);

    private static Checkpoint LastCheckpoint(RunOptions options) =>
        new CheckpointStore(PathOf(options, "checkpoints")).LoadNewestWhole(message => Assert.Fail(message));

    private static IEnumerable<Checkpoint> Checkpoints(RunOptions options) =>
        from directory in Directory.EnumerateDirectories(PathOf(options, "checkpoints"))
        select CheckpointReader.TryRead(directory, out Checkpoint? checkpoint, out string problem) ? checkpoint : throw new InvalidDataException(problem);
}
