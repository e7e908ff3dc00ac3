using System.Text.RegularExpressions;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Somebody edits <c>run.yaml</c> between two sessions: the run goes on in a way that makes sense, or says in one line why not.</summary>
public sealed class ChangedOptionsTests : IDisposable
{
    private const string Changed = "run.yaml was changed since the checkpoint: ";
    private const string Fix = "; put it back or start a new run";

    private static readonly RunOptions Small = new()
    {
        Environment = "classic/cartpole",
        Agents = 2,
        Simulators = 4,
        Rollout = 5,
        Frames = 480,
        Seed = 5,
        CheckpointEvery = 1_000_000, // one at the end
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", "rollout: 5", "rollout: 8", "its updates were of 20 frames, those of run.yaml are of 32 (4 simulators x 8 steps x frame skip 1)")]
    [InlineData("a3c", "rollout: 5", "rollout: 8", "its updates were of 20 frames, those of run.yaml are of 32 (4 simulators x 8 steps x frame skip 1)")]
    [InlineData("gala", "simulators: 4", "simulators: 8", "its updates were of 20 frames, those of run.yaml are of 40 (8 simulators x 5 steps x frame skip 1)")]
    [InlineData("impala", "batch: 2", "batch: 3", "its updates were of 40 frames, those of run.yaml are of 60 (3 trajectories x 4 simulators x 5 steps x frame skip 1)")]
    [InlineData("hts", "rollout: 5\n", "rollout: 4\n", "its updates were of 20 frames, those of run.yaml are of 16 (4 simulators x 4 steps x frame skip 1)")]
    [InlineData("gala", "agents: 2", "agents: 3", "it holds 2 agents that learn, run.yaml asks for 3")]
    [InlineData("a2c", "agents: 2", "agents: 1", "it holds 2 agents that learn, run.yaml asks for 1")]
    [InlineData("gala", "optimizer: rmsprop", "optimizer: adam", "it lacks the optimiser's ")]
    [InlineData("gala", "network: mlp", "network: mlp-lstm", "its networks have 4,675 parameters in 8 tensors, mlp-lstm for classic/cartpole has ")]
    [InlineData("gala", "environment: classic/cartpole", "environment: minatar/breakout", "its networks have 4,675 parameters in 8 tensors, mlp for minatar/breakout has ")]
    public void Resume_WhatTheCheckpointHangsOn_SaysThatItWasChanged(string architecture, string from, string to, string expected)
    {
        Train(architecture);
        if (architecture == "hts")
        {
            Edit("syncInterval: 5", "syncInterval: 4");
        }

        string yaml = Edit(from, to);
        string[] was = from.TrimEnd().Split(": "), now = to.TrimEnd().Split(": ");
        Assert.Equal($"{Changed}{now[0]} is {now[1]}, was {was[1]}{Fix}", Assert.Throws<InvalidRunException>(Resume).Message);

        ForgetOptions();
        string message = Assert.Throws<InvalidRunException>(Resume).Message;
        Assert.StartsWith(Changed + expected, message);
        Assert.EndsWith(Fix, message);
        Assert.Equal(yaml, File.ReadAllText(_folder["run/run.yaml"])); // nothing was written
    }

    [Fact]
    public void Resume_SimulatorsForSteps_SaysThatItWasChanged()
    {
        Train("gala");
        Edit("simulators: 4", "simulators: 10");
        Edit("rollout: 5", "rollout: 2");
        Assert.Equal($"{Changed}simulators is 10, was 4, rollout is 2, was 5{Fix}", Assert.Throws<InvalidRunException>(Resume).Message);
        ForgetOptions();
        Assert.Equal(
            "the checkpoint does not fit the run: Saved state is damaged: the number of simulators is 4, not in 10 to 10; if run.yaml or the environment was changed "
            + "since, put it back; otherwise start a new run",
            Assert.Throws<InvalidRunException>(Resume).Message);
    }

    [Theory]
    [InlineData("topology: star", "topology: ring")]
    [InlineData("topology: ring", "topology: star")]
    [InlineData("gossip: every", "gossip: every=3")]
    [InlineData("gossip: every", "gossip: significant=2")]
    [InlineData("environment: classic/cartpole", "environment: classic/cartpole:limit=50:delay=exponential/1us")]
    public void Resume_StateOfAnotherKind_SaysWhatWasChanged(string from, string to)
    {
        string[] was = from.Split(": "), now = to.Split(": ");
        Train("gala", was[0] == "topology" ? was[1] : "ring", agents: 3);
        Edit(from, to);
        Assert.Equal($"{Changed}{now[0]} is {now[1]}, was {was[1]}{Fix}", Assert.Throws<InvalidRunException>(Resume).Message);

        ForgetOptions();
        string message = Assert.Throws<InvalidRunException>(Resume).Message;
        Assert.StartsWith("the checkpoint does not fit the run: ", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Resume_AnotherArchitecture_SaysThatItWasChanged()
    {
        Train("gala");
        Edit("epsilonPlace: outside", "epsilonPlace: inside");
        Edit("deterministic: true", "deterministic: false");
        Edit("gossipGradients: false", "gossipGradients: auto");
        Edit("architecture: gala", "architecture: a3c");
        Assert.Equal($"{Changed}architecture is a3c, was gala{Fix}", Assert.Throws<InvalidRunException>(Resume).Message);
    }

    [Fact]
    public void Resume_RunOfBeforeGradientsCouldTravel_GoesOnWithoutThem()
    {
        Train("gala");
        Edit("gossipGradients: false\n", "");
        _ = Resume();
        Assert.Contains("gossipGradients: false\n", File.ReadAllText(_folder["run/run.yaml"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OptionsInTheCheckpointAreDamaged_GoesOn()
    {
        Train("gala");
        string kept = Directory.GetFiles(_folder["run/checkpoints"], "run.yaml", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
        File.WriteAllText(kept, File.ReadAllText(kept).Replace("rollout: 5", "rollout: 7", StringComparison.Ordinal));
        Assert.Equal(960, Resume().Summary.Frames);
    }

    [Theory]
    [InlineData("gala", "seed: 5", "seed: 6")]
    [InlineData("gala", "deterministic: true", "deterministic: false\nmaxStaleness: 16")]
    [InlineData("gala", "topology: ring", "topology: complete")]
    [InlineData("gala", "gossipStatistics: false", "gossipStatistics: true")]
    [InlineData("gala", "gossipGradients: false", "gossipGradients: true")]
    [InlineData("gala", "messageFormat: float32", "messageFormat: bfloat16")]
    [InlineData("gala", "learningRateSchedule: linear", "learningRateSchedule: constant")]
    [InlineData("gala", "computeThreads: 1", "computeThreads: 2")]
    [InlineData("gala", "environment: classic/cartpole", "environment: classic/cartpole:limit=50")]
    [InlineData("impala", "queue: 4", "queue: 7")]
    [InlineData("impala", "agents: 2", "agents: 1")]
    [InlineData("hts", "actors: 1", "actors: 2")]
    [InlineData("hts", "executors: \\d+", "executors: 3")]
    public void Resume_WhatMayChange_GoesOn(string architecture, string from, string to)
    {
        Train(architecture);
        if (to.Contains("maxStaleness", StringComparison.Ordinal))
        {
            Edit("maxStaleness: auto\n", "");
        }

        Edit(from, to);
        Assert.Equal(960, Resume().Summary.Frames);
    }

    [Fact]
    public void Resume_FewerProcesses_SaysThatItWasChanged()
    {
        RunOptions options = Small with { Transport = "mpi", Processes = 2, Run = _folder["run"] };
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Start(options, [], CancellationToken.None, cluster)), Assert.Null);
        Edit("processes: 2", "processes: 1");
        string message = Assert.Throws<InvalidRunException>(Resume).Message;
        Assert.Equal($"{Changed}it is of 1 processes now, but there is '{_folder["run/rank-1"]}'{Fix}", message);
    }

    [Fact]
    public void Resume_OneProcessHasOtherOptions_AllSayWhich()
    {
        RunOptions options = Small with { Transport = "mpi", Processes = 2, Run = _folder["run"] };
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Start(options, [], CancellationToken.None, cluster)), Assert.Null);
        Edit("gamma: 0.99", "gamma: 0.9", "run/rank-1/run.yaml");
        Assert.All(
            ThreadCluster.Run(2, cluster => TrainingRun.Resume(_folder["run"], 960, [], CancellationToken.None, cluster)),
            failure => Assert.StartsWith("run.yaml of process 1 says 'gamma: 0.9', that of process 0 'gamma: 0.99'", Assert.IsType<InvalidRunException>(failure).Message));
    }

    /// <summary>Makes the checkpoints those of a version that kept no options in them.</summary>
    private void ForgetOptions() => Array.ForEach(Directory.GetFiles(_folder["run/checkpoints"], "run.yaml", SearchOption.AllDirectories), File.Delete);

    private void Train(string architecture, string topology = "ring", int agents = 2) => TrainingRun.Start(
        Small with
        {
            Architecture = architecture,
            Agents = architecture == "hts" ? 1 : agents,
            Topology = topology,
            GossipGradients = architecture == "gala" ? false : null,
            Deterministic = architecture is "gala" or "a2c" or "hts",
            Run = _folder["run"],
        },
        [],
        CancellationToken.None);

    private TrainingOutcome Resume() => TrainingRun.Resume(_folder["run"], 960, [], CancellationToken.None);

    private string Edit(string from, string to, string file = "run/run.yaml")
    {
        string yaml = File.ReadAllText(_folder[file]);
        string edited = new Regex("^" + from, RegexOptions.Multiline).Replace(yaml, to, count: 1);
        Assert.NotEqual(yaml, edited);
        File.WriteAllText(_folder[file], edited);
        return edited;
    }
}
