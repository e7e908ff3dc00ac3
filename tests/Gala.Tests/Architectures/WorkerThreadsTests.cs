using Gala.Architectures;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Architectures;

public sealed class WorkerThreadsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OneAgentFails_StopsAllAndKeepsTheReason(bool deterministic)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic), _ => { });
        using WorkerThreads threads = new(
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RequestStop_EndsAllAgents_InLockStepAtTheSameUpdate(bool deterministic)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic), _ => { });
        using ManualResetEventSlim underWay = new();
        using WorkerThreads threads = new(group.Workers, new UpdateBudget(long.MaxValue), _ => underWay.Set(), _ => { });
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
