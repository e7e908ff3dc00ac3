using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;
using Gala.Scheduling;
using Gala.Tests.Architectures;
using Gala.Tests.Runs;

namespace Gala.Tests.Scheduling;

public sealed class RunnersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OneAgentFails_StopsAllAndKeepsTheReason(bool deterministic)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic), _ => { });
        using Runners threads = new(
            group.Workers,
            new UpdateBudget(long.MaxValue), // without the failure they would go on for ever
            agent =>
            {
                if (agent.Rank == 1 && agent.Updates == 5)
                {
                    throw new InvalidOperationException("the simulator is on fire");
                }
            },
            _ => { });

        threads.Start();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal("agent 1", threads.Failure?.Name);
        Assert.Equal("the simulator is on fire", threads.Failure?.Exception.Message);
        Assert.Equal(AgentState.Failed, group.Agents[1].Progress.State);
    }

    [Fact]
    public void Run_OneAgentFailsThatCanBeDoneWithout_TheOthersMakeItsUpdates()
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic: false), _ => { });
        IAgent failing = new FailingAgent(group.Agents[1], update: 5);
        List<string> lost = [];
        using Runners threads = new(
            [group.Agents[0], failing, group.Agents[2]], new UpdateBudget(60), _ => { }, _ => { }, failure => lost.Add(failure.Name));

        threads.Start();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(threads.Failure);
        Assert.Equal(["agent 1"], lost);
        Assert.Equal((5, 60), (failing.Updates, group.Updates)); // the one that it failed at was given back
        Assert.Equal([AgentState.Finished, AgentState.Failed, AgentState.Finished], group.Agents.Select(agent => agent.Progress.State));
    }

    [Fact]
    public void Run_AllAgentsFail_TheLastOneStopsTheRun()
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic: false), _ => { });
        List<string> lost = [];
        using Runners threads = new(
            [.. group.Agents.Select(agent => new FailingAgent(agent, update: 5))],
            new UpdateBudget(long.MaxValue),
            _ => { },
            _ => { },
            failure => lost.Add(failure.Name));

        threads.Start();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(2, lost.Count);
        Assert.DoesNotContain(threads.Failure!.Name, lost);
    }

    [Fact]
    public void Run_TheLastHelperFailsWhenAllUpdatesAreMade_IsLostAndTheRunIsGood()
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 1, deterministic: false), _ => { });
        using LateHelper helper = new(group.Agents[0].Progress);
        List<string> lost = [];
        using Runners threads = new([group.Agents[0], helper], new UpdateBudget(5), _ => { }, _ => { }, failure => lost.Add(failure.Name));

        threads.Start();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(threads.Failure);
        Assert.Equal(["helper"], lost);
    }

    [Fact]
    public void Run_AWorkerThrowsAsItLeaves_IsAFailureOfTheRunAndNotOfTheProcess()
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 2, deterministic: false), _ => { });
        FailingAgent failing = new(group.Agents[1], update: 1_000) { OnLeave = () => throw new InvalidOperationException("the door is on fire") };
        using Runners threads = new([group.Agents[0], failing], new UpdateBudget(10), _ => { }, _ => { });

        threads.Start();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(("agent 1", "the door is on fire"), (threads.Failure?.Name, threads.Failure?.Exception.Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RequestStop_EndsAllAgents_InLockStepAtTheSameUpdate(bool deterministic)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic), _ => { });
        using ManualResetEventSlim underWay = new();
        using Runners threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => underWay.Set(), _ => { });
        threads.Start();
        underWay.Wait();

        threads.RequestStop();

        Assert.True(threads.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(threads.Failure);
        Assert.All(group.Agents, agent => Assert.True(agent.Updates > 0));
        if (deterministic)
        {
            Assert.Single(group.Agents.Select(agent => agent.Updates).Distinct());
        }
    }

    [Fact]
    public void TrainingRun_ASimulatorThrows_FailsWithTheReasonAndWritesNoSummary()
    {
        EnvironmentRegistry registry = EnvironmentRegistry.Default;
        registry.Register("tests/burning", () => new BurningEnvironment());
        using TemporaryFolder folder = new();
        RunOptions options = new() { Environment = "tests/burning", Agents = 2, Simulators = 2, Frames = 100_000, Run = folder["run"] };

        TrainingFailedException exception = Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        Assert.Contains("the simulator is on fire", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.False(File.Exists(Path.Combine(options.Run, "summary.json")));
    }

    /// <summary>Throws in the turn after so many updates.</summary>
    private sealed class FailingAgent(IAgent agent, long update) : IAgent
    {
        public int Rank => agent.Rank;

        public string Name => agent.Name;

        public AgentProgress Progress => agent.Progress;

        public PhaseClock Clock => agent.Clock;

        public SimulatorBatch? Simulators => agent.Simulators;

        public bool IsDispensable => agent.IsDispensable;

        public ParameterVector Parameters => agent.Parameters;

        public IOptimizer Optimizer => agent.Optimizer;

        public long Updates => agent.Updates;

        public double LearningRate => agent.LearningRate;

        public IGossip Gossip => agent.Gossip;

        public bool HasHeardAll => agent.HasHeardAll;

        public Action? WakeUp
        {
            set => agent.WakeUp = value;
        }

        public Turn TakeTurn(CancellationToken abort) =>
            Updates < update ? agent.TakeTurn(abort) : throw new InvalidOperationException("the agent is on fire");

        public void ParametersChanged() => agent.ParametersChanged();

        public void RequestStop() => agent.RequestStop();

        public Action OnLeave { get; init; } = agent.Leave;

        public void Leave() => OnLeave();

        public void SaveState(BinaryWriter writer) => agent.SaveState(writer);

        public void LoadState(BinaryReader reader) => agent.LoadState(reader);

        public void Dispose() => agent.Dispose();
    }

    /// <summary>Throws as soon as the agent has ended.</summary>
    private sealed class LateHelper(AgentProgress agent) : IWorker
    {
        public string Name => "helper";

        public AgentProgress Progress { get; } = new();

        public PhaseClock Clock { get; } = new();

        public SimulatorBatch? Simulators => null;

        public bool Blocks => true;

        public Turn TakeTurn(CancellationToken abort)
        {
            SpinWait.SpinUntil(() => agent.State == AgentState.Finished, TimeSpan.FromMinutes(1));
            throw new InvalidOperationException("the helper is on fire");
        }

        public void RequestStop()
        {
        }

        public void Leave()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class BurningEnvironment : IEnvironment
    {
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/burning", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) =>
            ++_steps < 50 ? new StepResult(0, false, false) : throw new InvalidOperationException("the simulator is on fire");
    }
}
