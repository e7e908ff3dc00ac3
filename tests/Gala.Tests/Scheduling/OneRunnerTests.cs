using Gala.Architectures;
using Gala.Runs;
using Gala.Scheduling;
using Gala.Tests.Architectures;

namespace Gala.Tests.Scheduling;

/// <summary>Whatever makes agents wait for each other, a single runner brings all of them to their end: no turn waits for what only another can bring.</summary>
public sealed class OneRunnerTests
{
    private const int Agents = 4;

    /// <summary>Every rule on every kind of graph, asynchronous, in lock-step and from the one to the other, with what may travel.</summary>
    public static TheoryData<string, string, string, string> Ways
    {
        get
        {
            TheoryData<string, string, string, string> ways = [];
            string[] rules = ["every", "every=3", "qsr=2/0.02", "significant=5"];
            string[] graphs = ["ring", "star", "complete", "one-peer-exponential"];
            foreach (string rule in rules)
            {
                foreach (string graph in graphs)
                {
                    foreach (string mode in (string[])["asynchronous", "lock-step", "switching"])
                    {
                        ways.Add(rule, graph, mode, "parameters");
                    }
                }
            }

            foreach (string travels in (string[])["statistics", "gradients"])
            {
                ways.Add("every", "ring", "asynchronous", travels);
                ways.Add("every=2", "complete", "lock-step", travels);
                ways.Add("every", "star", "switching", travels);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Gala_AnyWayToGossip_MakesAllUpdates(string rule, string graph, string mode, string travels) => Run(new RunOptions
    {
        Agents = Agents,
        Topology = graph,
        Gossip = rule,
        Deterministic = mode == "lock-step",
        LockStepFrames = mode == "switching" ? 200 : 0,
        GossipStatistics = travels == "statistics",
        GossipGradients = travels == "gradients",
    });

    [Theory]
    [InlineData("ring")]
    [InlineData("star")]
    [InlineData("complete")]
    public void Gala_NoStalenessAllowed_MakesAllUpdates(string graph) => Run(new RunOptions { Agents = Agents, Topology = graph, MaxStaleness = 0 });

    [Theory]
    [InlineData("a2c", null)]
    [InlineData("a3c", null)]
    [InlineData("impala", null)]
    [InlineData("impala", 4)]
    [InlineData("hts", null)]
    public void OtherArchitectures_MakeAllUpdates(string architecture, int? queue) =>
        Run(new RunOptions { Architecture = architecture, Agents = architecture == "hts" ? 1 : Agents, Queue = queue });

    private static void Run(RunOptions options)
    {
        options = SmallRuns.Options(options with { Environment = "classic/cartpole", Simulators = 2, Rollout = 5, Frames = 1_200 });
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        long updates = group.UpdatesFor(options.Frames);
        UpdateBudget budget = new(updates) { LastOfAnAgent = options.Deterministic ? updates / group.Agents.Count : long.MaxValue };
        using Runners runners = new(group.Workers, budget, _ => { }, _ => { }) { Count = 1 };
        runners.Start();
        Assert.True(runners.Wait(TimeSpan.FromMinutes(1)), "the agents wait for each other");
        Assert.Null(runners.Failure?.Exception);
        Assert.Equal(updates, group.Updates);
    }
}
