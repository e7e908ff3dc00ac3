using System.Collections.Concurrent;
using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Scheduling;
using Gala.Tests.Runs;

namespace Gala.Tests.Scheduling;

/// <summary>Whose turn is next, and what becomes of workers that wait, with scripted agents.</summary>
public sealed class TurnOrderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Next_AllAreAlike_GoesByFewestUpdatesThenRank()
    {
        List<int> order = [];
        Run(runners: 1, updates: 9, Agents(3, agent => agent.Done(order)));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], order);
    }

    [Fact]
    public void Next_OneHasHeardItsPeers_ComesFirstUntilItIsTwoUpdatesAhead()
    {
        List<int> order = [];
        ScriptedAgent[] agents = Agents(3, agent => agent.Done(order));
        agents[0].HasHeardAll = agents[1].HasHeardAll = false;
        Run(runners: 1, updates: 9, agents);
        Assert.Equal([2, 2, 2, 0, 1, 2, 0, 1, 2], order); // with three updates it is two ahead of those with one, and only then again
    }

    [Fact]
    public void Yielded_OthersComeFirst_AndItGoesOnWithItsNextUpdateAtOnce()
    {
        List<int> order = [];
        ScriptedAgent[] agents = Agents(2, agent => agent.Done(order));
        int turns = 0;
        agents[0].OnTurn = agent =>
        {
            order.Add(10 + turns);
            if (turns++ % 2 == 0)
            {
                agent.Updates++; // made, its exchange is put off
                return Turn.Yielded;
            }

            return Turn.Done;
        };
        Run(runners: 1, updates: 6, agents);
        Assert.Equal([10, 1, 11, 12, 1, 13, 14, 1, 15], order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Turns_AnyNumberOfRunners_AreMadeByNoMoreAtATime(int runners)
    {
        int now = 0, most = 0;
        object gate = new();
        Run(runners, updates: 200, Agents(8, agent =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
            }

            Thread.SpinWait(500);
            lock (gate)
            {
                now--;
            }

            agent.Updates++;
            return Turn.Done;
        }));
        Assert.InRange(most, 1, runners);
    }

    [Fact]
    public void Waiting_WokenByAnother_GoesOn()
    {
        ScriptedAgent[] agents = Agents(2, agent => agent.Done());
        bool isThere = false;
        agents[0].OnTurn = agent => Volatile.Read(ref isThere) ? agent.Done() : Turn.Waiting(Timeout.InfiniteTimeSpan);
        agents[1].OnTurn = agent =>
        {
            Volatile.Write(ref isThere, agent.Updates >= 3);
            agents[0].WakeUp!();
            return agent.Done();
        };
        Run(runners: 1, updates: 20, agents);
        Assert.True(agents[0].Updates > 0);
    }

    [Fact]
    public void Waiting_NobodyWakesIt_IsAskedAgainWhenItsTimeHasCome()
    {
        int asked = 0;
        ScriptedAgent[] agents = Agents(1, agent => ++asked % 3 == 0 ? agent.Done() : Turn.Waiting(TimeSpan.FromMilliseconds(1)));
        Run(runners: 1, updates: 5, agents);
        Assert.Equal(15, asked);
    }

    [Fact]
    public void Waiting_WokenWhileItGoesToWait_IsNotForgotten()
    {
        // The wake-up comes between the turn that found nothing and the one that is asked for again before it is parked.
        int turns = 0;
        ScriptedAgent[] agents = Agents(1, agent =>
        {
            if (++turns % 3 == 0)
            {
                return agent.Done();
            }

            agent.WakeUp!();
            return Turn.Waiting(Timeout.InfiniteTimeSpan);
        });
        Run(runners: 1, updates: 50, agents);
        Assert.Equal(50, agents[0].Updates);
    }

    [Fact]
    public void Waiting_StopAsked_IsAskedAgainAndEnds()
    {
        using ManualResetEventSlim waits = new();
        ScriptedAgent[] agents = Agents(1, agent =>
        {
            if (agent.IsStopped)
            {
                return Turn.Ended;
            }

            waits.Set();
            return Turn.Waiting(Timeout.InfiniteTimeSpan);
        });
        using Runners runners = new(agents, new UpdateBudget(5), _ => { }, _ => { }) { Count = 1 };
        runners.Start();
        waits.Wait();
        runners.RequestStop();
        Assert.True(runners.Wait(Patience));
        Assert.Null(runners.Failure);
        Assert.Equal(0, agents[0].Updates);
    }

    [Fact]
    public void Waiting_AnotherFails_AllEnd()
    {
        ScriptedAgent[] agents = Agents(3, _ => Turn.Waiting(Timeout.InfiniteTimeSpan));
        agents[2].OnTurn = _ => throw new InvalidOperationException("it is on fire");
        using Runners runners = new(agents, new UpdateBudget(5), _ => { }, _ => { }) { Count = 1 };
        runners.Start();
        Assert.True(runners.Wait(Patience));
        Assert.Equal("agent 2", runners.Failure?.Name);
        Assert.All(agents, agent => Assert.True(agent.HasLeft));
    }

    [Fact]
    public void Turn_ThatBlocks_IsMadeBesideTheOthers()
    {
        using ManualResetEventSlim goOn = new();
        bool hasBegun = false;
        ScriptedAgent[] agents = Agents(3, agent => Volatile.Read(ref hasBegun) ? agent.Done() : Turn.Waiting(TimeSpan.FromMilliseconds(1)));
        agents[0].Blocks = true;
        agents[0].OnTurn = agent =>
        {
            Volatile.Write(ref hasBegun, true);
            goOn.Wait();
            return agent.Done();
        };
        agents[2].OnTurn = agent =>
        {
            if (!Volatile.Read(ref hasBegun))
            {
                return Turn.Waiting(TimeSpan.FromMilliseconds(1));
            }

            if (agent.Updates == 10)
            {
                goOn.Set(); // which nobody but the others' runner can do
            }

            return agent.Done();
        };
        Run(runners: 1, updates: 40, agents);
        Assert.True(agents[0].Updates > 0);
    }

    [Fact]
    public void Turn_ThatIsSilent_LendsItsRunnerToOthers()
    {
        using ManualResetEventSlim goOn = new();
        ScriptedAgent[] agents = Agents(2, agent => agent.Done());
        agents[0].OnTurn = agent =>
        {
            goOn.Wait();
            return agent.Done();
        };
        agents[1].OnTurn = agent =>
        {
            goOn.Set();
            return agent.Done();
        };
        using Runners runners = new(agents, new UpdateBudget(10), _ => { }, _ => { }) { Count = 1 };
        runners.Start();
        while (!runners.Wait(TimeSpan.FromMilliseconds(5)))
        {
            runners.LookAfter(ending: false);
        }

        Assert.Null(runners.Failure);
        Assert.Equal(10, agents.Sum(agent => agent.Updates));
    }

    [LinuxFact]
    public void Turn_ThatWaitsInsideAgainAndAgain_IsFoundOut()
    {
        using ManualResetEvent never = new(initialState: false); // not one that spins first
        ConcurrentQueue<string> found = [];
        ScriptedAgent[] agents = Agents(2, agent => agent.Done());
        agents[0].OnTurn = agent =>
        {
            never.WaitOne(TimeSpan.FromMilliseconds(2));
            return agent.Done();
        };
        Run(runners: 1, updates: 200, agents, worker => found.Enqueue(worker.Name));
        Assert.Equal(["agent 0"], found);
    }

    [Theory]
    [InlineData(4, false, 1, 1, 4)]
    [InlineData(4, false, 2, 1, 2)]
    [InlineData(4, true, 2, 1, 4)]
    [InlineData(8, false, 1, 3, 2)]
    [InlineData(2, false, 4, 8, 1)]
    public void RunnerCount_Of_SharesTheProcessors(int processors, bool isBound, int localProcesses, int computeThreads, int expected) =>
        Assert.Equal(expected, RunnerCount.Of(processors, isBound, localProcesses, computeThreads));

    [Theory]
    [InlineData("0-3,8", 5)]
    [InlineData("7", 1)]
    [InlineData(" 0-1\n", 2)]
    public void RunnerCount_CountOf_CountsAList(string list, int expected) => Assert.Equal(expected, RunnerCount.CountOf(list));

    private static ScriptedAgent[] Agents(int count, Func<ScriptedAgent, Turn> onTurn) =>
        [.. Enumerable.Range(0, count).Select(rank => new ScriptedAgent(rank) { OnTurn = onTurn })];

    private static void Run(int runners, int updates, ScriptedAgent[] agents, Action<IWorker>? found = null)
    {
        using Runners turns = new(agents, new UpdateBudget(updates), _ => { }, _ => { }) { Count = runners, FindsBlocking = found is not null, FoundBlocking = found };
        turns.Start();
        Assert.True(turns.Wait(Patience));
        Assert.Null(turns.Failure?.Exception);
        Assert.Equal(updates, agents.Sum(agent => agent.Updates));
    }

    /// <summary>Does in its turns what a test says.</summary>
    private sealed class ScriptedAgent(int rank) : IAgent
    {
        private volatile bool _isStopped;

        public required Func<ScriptedAgent, Turn> OnTurn { get; set; }

        public int Rank => rank;

        public string Name => $"agent {rank}";

        public AgentProgress Progress { get; } = new();

        public PhaseClock Clock { get; } = new();

        public SimulatorBatch? Simulators => null;

        public LifeSign LifeSign => new(Updates, IsWaiting: false, HasBegun: true);

        public bool Blocks { get; set; }

        public bool HasHeardAll { get; set; } = true;

        public Action? WakeUp { get; set; }

        public bool IsStopped => _isStopped;

        public bool HasLeft { get; private set; }

        public ParameterVector Parameters => throw new NotSupportedException();

        public IOptimizer Optimizer => throw new NotSupportedException();

        public long Updates { get; set; }

        public double LearningRate => 0;

        public IGossip Gossip { get; } = new NoGossip();

        public Turn Done(List<int>? order = null)
        {
            order?.Add(rank);
            Updates++;
            return Turn.Done;
        }

        public Turn TakeTurn(CancellationToken abort) => OnTurn(this);

        public void ParametersChanged()
        {
        }

        public void RequestStop() => _isStopped = true;

        public void Leave() => HasLeft = true;

        public void SaveState(BinaryWriter writer)
        {
        }

        public void LoadState(BinaryReader reader)
        {
        }

        public void Dispose()
        {
        }
    }
}
