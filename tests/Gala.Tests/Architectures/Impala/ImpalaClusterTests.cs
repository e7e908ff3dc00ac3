using System.Text.Json;
using Gala.Architectures;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Scheduling;
using Gala.Tests.Runs;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Architectures;

/// <summary>Actors in other processes than the learner; the processes are threads, or take turns.</summary>
public sealed class ImpalaClusterTests
{
    private static readonly RunOptions OfThree = new()
    {
        Architecture = "impala",
        Environment = "classic/cartpole",
        Transport = "mpi",
        Processes = 3,
        Agents = 2,
        Simulators = 4,
        Frames = 24_000,
        Seed = 3,
        ReportEvery = 0.1,
        LearningRateSchedule = "constant",
    };

    [Theory]
    [InlineData("minatar/breakout:limit=9", "minatar")]
    [InlineData("memory/cue:length=4", "mlp-lstm")]
    public void OneTrajectoryAtATimeFromAnotherProcess_IsA2CWithNStepReturns(string environment, string network)
    {
        const int Updates = 6;
        RunOptions common = new()
        {
            Environment = environment,
            Network = network,
            Agents = 1,
            Rollout = 5,
            Frames = 20_000,
            Seed = 7,
            LearningRate = 1e-3,
            OptimizerEpsilon = 1e-2, // RMSProp's first steps blow up the last bits of small gradients
        };
        RunOptions impala = SmallRuns.Options(common with { Architecture = "impala", Transport = "mpi", Processes = 2, Batch = 1, Queue = 3 });
        TurnCluster[] clusters = TurnCluster.Of(2);
        using AgentGroup learning = AgentFactory.Create(impala, _ => { }, clusters[0]);
        using AgentGroup acting = AgentFactory.Create(impala, _ => { }, clusters[1]);
        using AgentGroup a2c = AgentFactory.Create(SmallRuns.Options(common with { Architecture = "a2c", GaeLambda = 1 }), _ => { }, new NumberedProcess(1));
        Assert.Empty(acting.Agents);
        InTurns(learning, acting, clusters[0], Updates, _ => { });

        Loops.Run(a2c.Agents, Updates);
        float[] expected = Loops.Parameters(a2c.Agents[0]);
        float[] actual = Loops.Parameters(learning.Agents[0]);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-5f + (1e-4f * MathF.Abs(expected[i])));
        }

        Assert.Equal(0, learning.Gauges.Single(gauge => gauge.Name == "largestPolicyLag").Read());
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothing()
    {
        TurnCluster[] clusters = TurnCluster.Of(2);
        RunOptions options = SmallRuns.Options(OfThree with { Processes = 2, Agents = 1, Batch = 1, Queue = 3 });
        using AgentGroup learning = AgentFactory.Create(options, _ => { }, clusters[0]);
        using AgentGroup acting = AgentFactory.Create(options, _ => { }, clusters[1]);
        long atStart = 0, learner = long.MaxValue;
        long actor = InTurns(learning, acting, clusters[0], updates: 400, update =>
        {
            // A collection that another test sets off counts the rest of a thread's allocation block as used, so the fewest of some tries counts.
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            learner = update % 100 == 0 && update > 100 ? Math.Min(learner, allocated - atStart) : learner;
            atStart = update % 100 == 0 ? allocated : atStart;
        });
        Assert.Equal((0, 0), (actor, learner));
    }

    [Fact]
    public void Restore_Capture_ActorsOfOtherProcessesPlayWithWhatWasRestoredOnly()
    {
        RunOptions options = SmallRuns.Options(OfThree with { Processes = 2, Agents = 1, Batch = 1, Queue = 3 });
        TurnCluster[] clusters = TurnCluster.Of(2);
        using AgentGroup learning = AgentFactory.Create(options, _ => { }, clusters[0]);
        using AgentGroup acting = AgentFactory.Create(options, _ => { }, clusters[1]);
        using AgentGroup earlier = AgentFactory.Create(SmallRuns.Options(OfThree with { Processes = 1, Transport = "memory", Agents = 1 }), _ => { });
        for (int update = 0; update < 12; update++)
        {
            Assert.True(earlier.Helpers[0].MakeTurn() && earlier.Agents[0].MakeTurn());
        }

        AgentCheckpoint capture = AgentCapture.Of(earlier.Agents[0]);
        AgentCapture.Restore(
            new Checkpoint { Frames = 1, Updates = 12, WallSeconds = 0, Episodes = 0, BestMeanReturn100 = null, Agents = [capture] }, learning.Agents);

        Assert.False(clusters[1].Transport!.Endpoint(1).TryReceive(0));
        InTurns(learning, acting, clusters[0], updates: 1, _ => { });
        Assert.Equal(0, learning.Gauges.Single(gauge => gauge.Name == "largestPolicyLag").Read()); // made by the parameters of update 12
    }

    [Fact]
    public void Start_ThreeProcesses_LearnsTheRunsFramesFromAllAndCountsTheirEpisodes()
    {
        using TemporaryFolder folder = new();
        RunSummary[] summaries = Train(folder["run"]);
        Assert.Equal((24_000, 200, 6), (summaries[0].Frames, summaries[0].Updates, summaries[0].Agents)); // of 6 x 4 x 5 steps
        Assert.All(summaries[1..], summary => Assert.Equal((0, 0), (summary.Frames, summary.Updates)));
        long own = JsonDocument.Parse(File.ReadLines(folder["run/metrics.jsonl"]).Last()).RootElement.GetProperty("episodes").GetInt64();
        Assert.Equal(own + summaries[1].Episodes + summaries[2].Episodes, summaries[0].Episodes);
        Assert.NotNull(summaries[0].MeanReturn100);
        Assert.Contains(summaries[0].Gauges, gauge => gauge.Name == "policyLag");
        Assert.False(Directory.Exists(folder["run/rank-1/checkpoints"]));
        using TrainedPolicy policy = TrainedPolicy.Load(folder["run"], agent: null);
        Assert.Equal(24_000, policy.Frames);
        Assert.Equal(summaries[0].ParametersSha256, ParametersDigest.Of(policy.Parameters.Span));
    }

    [Fact]
    public void Resume_ThreeProcesses_GoesOnFromTheLearnersCheckpoint()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"]);
        RunSummary[] summaries = new RunSummary[3];
        Assert.All(ThreadCluster.Run(3, cluster => summaries[cluster.Process] =
            TrainingRun.Resume(folder["run"], 48_000, [], CancellationToken.None, cluster).Summary), Assert.Null);
        Assert.Equal((48_000, 400), (summaries[0].Frames, summaries[0].Updates));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Stop_InOneProcess_EndsAllWithACheckpoint(int stopped)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        TrainingOutcome[] outcomes = new TrainingOutcome[3];
        RunOptions options = OfThree with { Frames = 1_000_000_000, Run = folder["run"] };
        Assert.All(ThreadCluster.Run(3, cluster => outcomes[cluster.Process] = TrainingRun.Start(
            options,
            cluster.Process == 0 ? [new StopOnceItLearned(stop)] : [],
            cluster.Process == stopped ? stop.Token : CancellationToken.None,
            cluster)), Assert.Null);
        Assert.True(outcomes[0].Interrupted);
        using TrainedPolicy policy = TrainedPolicy.Load(folder["run"], agent: null);
        Assert.Equal(outcomes[0].Summary.Frames, policy.Frames);
    }

    [Fact]
    public void Start_AnActorOfAnotherProcessFails_LetsAllGo()
    {
        EnvironmentRegistry.Default.Register("tests/short-lived-there", () => new ScriptedEnvironment(
            step => step < 500 ? 0 : throw new InvalidOperationException("the simulator is on fire"), TensorShape.Vector(3)));
        RunOptions options = SmallRuns.Options(OfThree with { Environment = "tests/short-lived-there", Frames = 1_000_000_000 });
        WorkerFailure?[] failures = new WorkerFailure?[3];
        Assert.All(ThreadCluster.Run(3, cluster =>
        {
            using AgentGroup group = AgentFactory.Create(options, _ => { }, cluster);
            using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => { }, _ => { });
            threads.Start();
            Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
            failures[cluster.Process] = threads.Failure;
        }), Assert.Null);
        Assert.Contains(failures, failure => failure?.Name.StartsWith("actor ", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Resolve_Defaults_CountTheActorsOfAllProcesses()
    {
        RunOptions options = SmallRuns.Options(OfThree);
        Assert.Equal((6, 6 + 2 + 6), (options.Batch, options.Queue)); // one and one more an actor, and one on its way from each other process
        InvalidOptionsException refused = Assert.Throws<InvalidOptionsException>(() => SmallRuns.Options(OfThree with { Queue = 11 }));
        Assert.Contains("beside the 6 of other processes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(12, SmallRuns.Options(OfThree with { Queue = 12 }).Queue);
    }

    private static RunSummary[] Train(string run)
    {
        RunSummary[] summaries = new RunSummary[3];
        Assert.All(ThreadCluster.Run(3, cluster => summaries[cluster.Process] =
            TrainingRun.Start(OfThree with { Run = run }, [], CancellationToken.None, cluster).Summary), Assert.Null);
        return summaries;
    }

    /// <summary>Updates of a learner on its thread, each from one trajectory of the only actor of another process, on this thread.</summary>
    /// <param name="learning">Process 0; its own actors do nothing.</param>
    /// <param name="acting">Process 1.</param>
    /// <param name="cluster">Of both.</param>
    /// <param name="updates">How many.</param>
    /// <param name="afterUpdate">Called on the learner's thread.</param>
    /// <returns>The fewest bytes that 100 turns of the actor allocated.</returns>
    private static long InTurns(AgentGroup learning, AgentGroup acting, TurnCluster cluster, int updates, Action<long> afterUpdate)
    {
        using AutoResetEvent updated = new(initialState: false);
        using Runners learner = new(learning.Agents, new UpdateBudget(updates), agent =>
        {
            afterUpdate(agent.Updates);
            updated.Set();
        }, _ => { });
        learner.Start();
        long least = long.MaxValue, allocated = 0;
        for (int update = 1; update <= updates; update++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(acting.Helpers[0].AwaitTurn());
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            cluster.Carry();
            Assert.True(updated.WaitOne(TimeSpan.FromMinutes(1)));
            if (update % 100 == 0)
            {
                (least, allocated) = (Math.Min(least, allocated), 0);
            }
        }

        Assert.True(learner.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(learner.Failure);
        return least;
    }

    private sealed class StopOnceItLearned(CancellationTokenSource stop) : ITrainingObserver
    {
        public void OnReport(TrainingReport report)
        {
            if (report.Updates > 0)
            {
                stop.Cancel();
            }
        }

        public void OnMessage(string message)
        {
        }
    }
}
