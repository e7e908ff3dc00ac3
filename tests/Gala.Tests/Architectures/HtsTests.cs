using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;
using Gala.Scheduling;

namespace Gala.Tests.Architectures;

public sealed class HtsTests
{
    private const int Updates = 30;

    [Theory]
    [InlineData("minatar/breakout", "minatar")]
    [InlineData("minatar/breakout,minatar/asterix", "minatar")]
    [InlineData("classic/cartpole:limit=4", "mlp")] // truncated, several times an interval
    [InlineData("classic/cartpole:limit=4", "mlp-lstm")]
    [InlineData("minatar/breakout:limit=7", "minatar-lstm")]
    public void Train_AnyThreadsAndDelays_HasTheBitsOfASequentialLoop(string environment, string network)
    {
        RunOptions options = Options(environment, network);
        float[] expected = Sequential(options);
        Assert.Equal(expected, Train(options with { Actors = 1, Executors = 1 }, jitter: null));
        Assert.Equal(expected, Train(options with { Actors = 2, Executors = 3 }, jitter: null));
        Assert.Equal(expected, Train(options with { Actors = 7, Executors = 6 }, new Random(3)));
        RunOptions slow = options with { Environment = environment + ":delay=gamma/0.3/100us", Actors = 2, Executors = 6 };
        Assert.Equal(expected, Train(slow, new Random(4)));
    }

    [Fact]
    public void Train_MoreThanOneUpdate_LearnsFromAPolicyOneUpdateOld()
    {
        using AgentGroup group = AgentFactory.Create(Options("minatar/breakout", "minatar"), _ => { });
        List<double?> lags = [];
        Run(group, group.Workers, updates: 5, _ => lags.Add(group.Gauges.Single(gauge => gauge.Name == "policyLag").Read()));
        Assert.Equal([0, 1, 1, 1, 1], lags);
    }

    [Fact]
    public void Iterate_AThousandUpdatesOnceWarm_AllocateNothingOnAnyThread()
    {
        using AgentGroup group = AgentFactory.Create(Options("minatar/breakout", "minatar-lstm"), _ => { });
        IWorker[] counted = [.. group.Workers.Select(worker => worker is IAgent ? worker : new Counted(worker))];
        Allocations learner = new();
        Run(group, counted, updates: 1_300, _ => learner.CountTurn());
        Assert.Equal(0, learner.Least);
        Assert.All(counted.OfType<Counted>(), worker => Assert.Equal(0, worker.Allocations.Least));
    }

    [Theory]
    [InlineData("learner")]
    [InlineData("executor 1")]
    [InlineData("actor 0")]
    public void Run_OneThreadFails_StopsAllAndKeepsTheReason(string name)
    {
        using AgentGroup group = AgentFactory.Create(Options("minatar/breakout", "minatar") with { Actors = 2 }, _ => { });
        IWorker[] workers = [.. group.Workers.Select(worker => worker.Name == name && worker is not IAgent ? new Failing(worker) : worker)];
        using Runners threads = new(
            workers,
            new UpdateBudget(long.MaxValue), // without the failure they would go on for ever
            agent => ThrowIf(name == "learner" && agent.Updates == 5),
            _ => { });
        threads.Start();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(name, threads.Failure?.Name);
    }

    [Fact]
    public void Run_ASimulatorFailsWhileACheckpointWaitsForIt_EndsAll()
    {
        EnvironmentRegistry.Default.Register("tests/burning-hts", () => new BurningEnvironment());
        using AgentGroup group = AgentFactory.Create(Options("tests/burning-hts", "mlp"), _ => { });
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), agent => AgentCapture.Of(agent), _ => { });
        threads.Start();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.StartsWith("executor ", threads.Failure?.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestStop_WhileTraining_EndsEveryThread()
    {
        using AgentGroup group = AgentFactory.Create(Options("minatar/breakout", "minatar") with { Actors = 2 }, _ => { });
        using ManualResetEventSlim underWay = new();
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => underWay.Set(), _ => { });
        threads.Start();
        underWay.Wait();
        threads.RequestStop();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(threads.Failure);
        Assert.All(group.Workers, worker => Assert.Equal(AgentState.Finished, worker.Progress.State));
    }

    private static RunOptions Options(string environment, string network) => RunDefaults.Resolve(
        new RunOptions
        {
            Architecture = "hts",
            Environment = environment,
            Network = network,
            Simulators = 6,
            Executors = 2,
            SyncInterval = 9,
            Frames = 20_000,
            Seed = 7,
        },
        id => EnvironmentRegistry.Default.Create(id).Spec);

    /// <summary>θ_{j+1} = θ_j + η ∇J(θ_b; D_j) in one loop on one thread, where θ_b = θ_{max(j−1, 0)} has played D_j.</summary>
    private static float[] Sequential(RunOptions options)
    {
        int steps = options.Rollout!.Value;
        SimulatorBatch simulators = SimulatorBatch.Create(options.Environment, options.Simulators, options.Seed);
        using ManagedActorCritic network = Blocks.Network(options, simulators.Spec, Actor.RowsFor(steps, options.Simulators));
        using IOptimizer optimizer = Blocks.Optimizer(options, network.Parameters.Length);
        LearningRateSchedule schedule = Blocks.Schedule(options, (long)steps * options.Simulators);
        A2COptions loss = Blocks.Loss(options);
        Rollout rollout = new(steps, options.Simulators);
        Actor actor = new(network, simulators, rollout, options.Seed, firstSimulator: 0);
        A2CLearner learner = new(network, optimizer, loss);
        List<float[]> parameters = [network.Parameters.Span.ToArray()]; // θ_0, θ_1, …
        for (int j = 0; j < Updates; j++)
        {
            parameters[Math.Max(j - 1, 0)].CopyTo(network.Parameters.Span);
            network.ParametersChanged();
            actor.Collect();
            _ = learner.ComputeGradients(rollout);
            float[] next = [.. parameters[j]];
            double norm = Math.Sqrt(Kernels.SumOfSquares(network.Gradients.Span));
            optimizer.LearningRate = schedule.At(j);
            _ = optimizer.Step(network.Gradients.Span, next, GradientClipping.Scale(norm, loss.MaxGradientNorm));
            parameters.Add(next);
        }

        return parameters[Updates];
    }

    private static float[] Train(RunOptions options, Random? jitter)
    {
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        Run(group, jitter is null ? group.Workers : [.. group.Workers.Select(worker => worker is IAgent ? worker : new Jittered(worker, jitter))], Updates);
        return Loops.Parameters(group.Agents[0]);
    }

    private static void Run(AgentGroup group, IReadOnlyList<IWorker> workers, int updates, Action<IAgent>? afterUpdate = null)
    {
        using Runners threads = new(workers, new UpdateBudget(updates), afterUpdate ?? (_ => { }), _ => { });
        threads.Start();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(2)), "The workers did not end.");
        Assert.Null(threads.Failure?.Exception);
        Assert.Equal(updates, group.Agents[0].Updates);
    }

    private static void ThrowIf(bool failed)
    {
        if (failed)
        {
            throw new InvalidOperationException("it is on fire");
        }
    }

    /// <summary>A worker that does what another one does.</summary>
    private abstract class Same(IWorker inner) : IWorker
    {
        protected IWorker Inner { get; } = inner;

        public string Name => Inner.Name;

        public AgentProgress Progress => Inner.Progress;

        public PhaseClock Clock => Inner.Clock;

        public SimulatorBatch? Simulators => Inner.Simulators;

        public bool Blocks => Inner.Blocks;

        public abstract Turn TakeTurn(CancellationToken abort);

        public void RequestStop() => Inner.RequestStop();

        public void Leave() => Inner.Leave();

        public void Dispose()
        {
            // The group disposes what is inside.
        }
    }

    /// <summary>Waits for a random while before each turn.</summary>
    private sealed class Jittered(IWorker inner, Random random) : Same(inner)
    {
        public override Turn TakeTurn(CancellationToken abort)
        {
            int turns;
            lock (random)
            {
                turns = random.Next(20_000);
            }

            Thread.SpinWait(turns);
            return Inner.TakeTurn(abort);
        }
    }

    /// <summary>Fails in its eleventh turn.</summary>
    private sealed class Failing(IWorker inner) : Same(inner)
    {
        private int _turns;

        public override Turn TakeTurn(CancellationToken abort)
        {
            ThrowIf(++_turns > 10);
            return Inner.TakeTurn(abort);
        }
    }

    /// <summary>Counts what its thread allocates.</summary>
    private sealed class Counted(IWorker inner) : Same(inner)
    {
        public Allocations Allocations { get; } = new();

        public override Turn TakeTurn(CancellationToken abort)
        {
            Turn turn = Inner.TakeTurn(abort);
            Allocations.CountTurn();
            return turn;
        }
    }

    /// <summary>The fewest bytes that a thread allocated in any 300 turns: the first ones warm up, and a collection that another test sets off
    /// counts the rest of the thread's allocation block as used.</summary>
    private sealed class Allocations
    {
        private const int Window = 300;
        private int _turns;
        private long _before;

        public long Least { get; private set; } = long.MaxValue;

        public void CountTurn()
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (_turns++ % Window == 0)
            {
                Least = _turns > 1 ? Math.Min(Least, now - _before) : Least;
                _before = now;
            }
        }
    }

    /// <summary>Fails in the middle of the sixth interval of nine steps.</summary>
    private sealed class BurningEnvironment : IEnvironment
    {
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/burning-hts", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation)
        {
            ThrowIf(++_steps == 50);
            return new StepResult(0, false, false);
        }
    }
}
