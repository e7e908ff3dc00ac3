using Gala.Architectures;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Scheduling;
using Gala.Tests.Runs;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Architectures;

public sealed class ImpalaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static ImpalaTests() =>
        EnvironmentRegistry.Default.Register("tests/screen", () => new ScriptedEnvironment(step => step % 3, new TensorShape(36, 36, 1)));

    [Theory]
    [InlineData("minatar/breakout:limit=9", "minatar", 6)]
    [InlineData("memory/cue:length=4", "mlp-lstm", 6)]
    [InlineData("minatar/breakout:limit=9", "impala-deep", 2)]
    [InlineData("tests/screen", "impala-shallow", 2)]
    public void OneTrajectoryAtATime_IsA2CWithNStepReturns(string environment, string network, int updates)
    {
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
        using AgentGroup impala = Make(common with { Architecture = "impala", Queue = 1 });
        using AgentGroup a2c = Make(common with { Architecture = "a2c", GaeLambda = 1 });

        Run(impala, updates);
        Loops.Run(a2c.Agents, updates);

        float[] expected = Loops.Parameters(a2c.Agents[0]);
        float[] actual = Loops.Parameters(impala.Agents[0]);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-5f + (1e-4f * MathF.Abs(expected[i])));
        }

        Assert.Equal(0, Gauge(impala, "largestPolicyLag"));
        Assert.Equal(0, Gauge(impala, "clippedShare"));
    }

    [Fact]
    public void ActorAhead_ItsTrajectoriesAreAsOldAsTheUpdatesBetween()
    {
        using AgentGroup group = Make(Small(actors: 1) with { Batch = 1, Queue = 3 });
        Turns(group.Helpers[0], 3); // all with the first parameters
        Assert.Equal(3, Gauge(group, "queueDepth"));
        Assert.Null(Gauge(group, "policyLag"));

        Turns(group.Agents[0], 3); // 0, 1, 2 updates old
        Turns(group.Helpers[0], 1);
        Turns(group.Agents[0], 1); // 0

        Assert.Equal(0.75, Gauge(group, "policyLag"));
        Assert.Equal(2, Gauge(group, "largestPolicyLag"));
        Assert.InRange(Gauge(group, "clippedShare")!.Value, 0.01, 0.6);
        Assert.Equal(0, Gauge(group, "queueDepth"));
    }

    [Fact]
    public void Iterate_SteadyState_AllocatesNothing()
    {
        using AgentGroup group = Make(Small(actors: 2) with { Environment = "minatar/breakout:limit=9" });
        Round(group, 20);

        // A collection that another test sets off counts the rest of this thread's allocation block as used, so the fewest of some tries counts.
        long least = long.MaxValue;
        for (int tries = 0; tries < 3 && least > 0; tries++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Round(group, 100);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(4, 1, 1)] // actors wait for each other
    [InlineData(1, 3, 3)] // one fills the batch
    [InlineData(3, 2, 5)]
    public void Run_AnyShape_MakesItsUpdatesAndEnds(int actors, int batch, int queue)
    {
        using AgentGroup group = Make(Small(actors) with { Batch = batch, Queue = queue });
        Run(group, updates: 30);
        Assert.Equal(30, group.Updates);
        Assert.All(group.Workers, worker => Assert.Equal(AgentState.Finished, worker.Progress.State));
    }

    [Fact]
    public void Run_LearnerFails_LetsWaitingActorsGo()
    {
        using AgentGroup group = Make(Small(actors: 3));
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), FailAfterFive, _ => { });
        threads.Start();
        Assert.True(threads.Wait(Patience));
        Assert.Equal("learner", threads.Failure?.Name);

        void FailAfterFive(IAgent agent)
        {
            if (agent.Updates == 5)
            {
                AwaitFull(group);
                throw new InvalidOperationException("the learner is on fire");
            }
        }
    }

    [Fact]
    public void Run_ActorFails_LetsTheLearnerGo()
    {
        EnvironmentRegistry.Default.Register("tests/short-lived", () => new ScriptedEnvironment(
            step => step < 50 ? 0 : throw new InvalidOperationException("the simulator is on fire"), TensorShape.Vector(3)));
        using AgentGroup group = Make(Small(actors: 2) with { Environment = "tests/short-lived" });
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => { }, _ => { });
        threads.Start();
        Assert.True(threads.Wait(Patience));
        Assert.StartsWith("actor ", threads.Failure?.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestStop_QueueFull_EndsAll()
    {
        using AgentGroup group = Make(Small(actors: 2));
        using ManualResetEventSlim isFull = new(), goOn = new();
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), Hold, _ => { });
        threads.Start();
        Assert.True(isFull.Wait(Patience));

        threads.RequestStop();
        goOn.Set();

        Assert.True(threads.Wait(Patience));
        Assert.Null(threads.Failure);
        Assert.Equal(1, group.Updates);

        void Hold(IAgent agent)
        {
            if (!isFull.IsSet) // it is told of the learner's last turn, too
            {
                AwaitFull(group);
                isFull.Set();
                goOn.Wait();
            }
        }
    }

    [Fact]
    public void RequestStop_QueueEmpty_EndsTheLearnerBeforeAnyActor()
    {
        using ManualResetEventSlim goOn = new();
        int playing = 0;
        EnvironmentRegistry.Default.Register("tests/slow", () => new ScriptedEnvironment(_ =>
        {
            Interlocked.Increment(ref playing);
            goOn.Wait();
            return 0;
        }, TensorShape.Vector(3)));
        using AgentGroup group = Make(Small(actors: 2) with { Environment = "tests/slow" });
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => { }, _ => { });
        threads.Start();
        Await(() => group.Agents[0].Progress.State == AgentState.Waiting && Volatile.Read(ref playing) == 2); // both actors are in a step

        threads.RequestStop();

        Await(() =>
        {
            threads.LookAfter(ending: true); // lends the learner a runner: the actors hold theirs
            return group.Agents[0].Progress.State == AgentState.Finished;
        });
        Assert.All(group.Helpers, actor => Assert.NotEqual(AgentState.Finished, actor.Progress.State));
        goOn.Set();
        Assert.True(threads.Wait(Patience));
        Assert.Null(threads.Failure);
        Assert.Equal(0, group.Updates);
    }

    [Fact]
    public void Restore_Capture_GivesParametersOptimiserAndCountersBackAndActorsTheSameParameters()
    {
        using AgentGroup group = Make(Small(actors: 2));
        Run(group, updates: 12);
        AgentCheckpoint capture = AgentCapture.Of(group.Agents[0]);
        using AgentGroup other = Make(Small(actors: 2));

        AgentCapture.Restore(
            new Checkpoint { Frames = 1, Updates = 12, WallSeconds = 0, Episodes = 0, BestMeanReturn100 = null, Agents = [capture] }, other.Agents);

        AgentCheckpoint again = AgentCapture.Of(other.Agents[0]);
        Assert.Equal(capture.Parameters, again.Parameters);
        Assert.Equal(capture.OptimizerState.Select(state => state.Values), again.OptimizerState.Select(state => state.Values));
        Assert.Equal(capture.State, again.State);
        Assert.Equal(12, again.Updates);
        Round(other, 1);
        Assert.Equal(0, Gauge(other, "largestPolicyLag")); // made by the parameters of update 12
    }

    [Fact]
    public void Resume_StoppedRun_GoesOnCounting()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new() { Architecture = "impala", Environment = "classic/cartpole", Agents = 2, Simulators = 4, Frames = 4_000, Run = folder["run"] };
        RunSummary first = TrainingRun.Start(options, [], CancellationToken.None).Summary;
        RunSummary second = TrainingRun.Resume(folder["run"], 8_000, [], CancellationToken.None).Summary;
        Assert.Equal((4_000, 100), (first.Frames, first.Updates));
        Assert.Equal((8_000, 200), (second.Frames, second.Updates));
        Assert.True(second.Episodes > first.Episodes);
    }

    [Fact]
    public void Train_ActorsThatRunAhead_LearnsToBalance()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new()
        {
            Architecture = "impala",
            Environment = "classic/cartpole",
            Agents = 2,
            Frames = 150_000,
            Seed = 5,
            Run = folder["run"],
        };
        Assert.InRange(TrainingRun.Start(options, [], CancellationToken.None).Summary.BestMeanReturn100!.Value, 60, 500); // at random: 22; usually above 200
    }

    [Fact]
    public void Train_NetworkWithMemory_LearnsWhatTheCueMeans()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new()
        {
            Architecture = "impala",
            Environment = "memory/cue:length=4",
            Agents = 1,
            Queue = 1, // the same bits in every run
            Network = "mlp-lstm",
            Frames = 20_000,
            Seed = 5,
            Run = folder["run"],
        };
        Assert.InRange(TrainingRun.Start(options, [], CancellationToken.None).Summary.MeanReturn100!.Value, 0.95, 1);
    }

    private static RunOptions Small(int actors) =>
        new() { Architecture = "impala", Agents = actors, Frames = 20_000, Seed = 7 };

    private static AgentGroup Make(RunOptions options) => AgentFactory.Create(SmallRuns.Options(options), _ => { });

    private static double? Gauge(AgentGroup group, string name) => group.Gauges.Single(gauge => gauge.Name == name).Read();

    private static void Run(AgentGroup group, int updates)
    {
        using Runners threads = new(group.Workers, new UpdateBudget(updates), _ => { }, _ => { });
        threads.Start();
        Assert.True(threads.Wait(Patience), "The workers did not end.");
        Assert.Null(threads.Failure);
    }

    private static void Turns(IWorker worker, int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            Assert.True(worker.MakeTurn());
        }
    }

    /// <summary>Everyone in turn, on this thread.</summary>
    private static void Round(AgentGroup group, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            for (int actor = 0; actor < group.Helpers.Count; actor++)
            {
                group.Helpers[actor].MakeTurn();
            }

            group.Agents[0].MakeTurn();
        }
    }

    /// <summary>Until all trajectories wait for the learner, and all actors for an empty one.</summary>
    private static void AwaitFull(AgentGroup group)
    {
        Await(() => group.Helpers.All(actor => actor.Progress.State == AgentState.Waiting) && Gauge(group, "queueDepth") == 2 * group.Helpers.Count);
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));
}
