using Gala.Environments;
using Gala.Gossip;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

public sealed class ClusterTests
{
    private static readonly RunOptions Alone = new()
    {
        Architecture = "a2c",
        Environment = "classic/cartpole",
        Agents = 4,
        Simulators = 4,
        Frames = 4_000,
        Seed = 3,
        ReportEvery = 0.1,
    };

    private static readonly RunOptions OfTwo = Alone with { Agents = 2, Transport = "mpi", Processes = 2 };

    [Fact]
    public void Start_A2COfTwoProcesses_EqualsOneProcessToTheBit()
    {
        using TemporaryFolder folder = new();
        RunSummary expected = TrainingRun.Start(Alone with { Run = folder["alone"] }, [], CancellationToken.None).Summary;
        RunSummary[] summaries = new RunSummary[2];
        Assert.All(ThreadCluster.Run(2, cluster => summaries[cluster.Process] =
            TrainingRun.Start(OfTwo with { Run = folder["cluster"] }, [], CancellationToken.None, cluster).Summary), Assert.Null);
        Assert.Equal(expected.ParametersSha256, summaries[0].ParametersSha256);
        Assert.Equal((expected.Frames, expected.Updates, expected.Episodes), (summaries[0].Frames, summaries[0].Updates, summaries[0].Episodes));
        Assert.Equal((4, 2_000), (summaries[0].Agents, summaries[1].Frames));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Start_GalaOfTwoProcesses_KeepsEveryAgentAndMeasuresThemTogether(bool gradients)
    {
        using TemporaryFolder folder = new();
        RunSummary[] summaries = new RunSummary[2];
        RunOptions options = OfTwo with { Architecture = "gala", Topology = "complete", GossipGradients = gradients, Run = folder["cluster"] };
        Assert.All(ThreadCluster.Run(2, cluster => summaries[cluster.Process] =
            TrainingRun.Start(options, [], CancellationToken.None, cluster).Summary), Assert.Null);
        float[][] agents = [.. Enumerable.Range(0, 4).Select(agent =>
        {
            using TrainedPolicy policy = TrainedPolicy.Load(folder["cluster"], agent);
            return policy.Parameters.Span.ToArray();
        })];
        double expected = new ConsensusMonitor(new CompleteTopology(4)).Measure(rank => agents[rank]).MaxDistance;
        Assert.Equal(expected, summaries[0].Consensus.MaxDistance, 1e-9);
        Assert.True(File.Exists(folder["cluster/rank-1/summary.json"]));
    }

    [Fact]
    public void Resume_OneProcessIsBehind_TrainsTheRestOfItsShare()
    {
        using TemporaryFolder folder = new();
        string run = folder["cluster"], behind = folder["behind"];
        RunOptions options = OfTwo with { Architecture = "gala", Run = run, LearningRateSchedule = "constant" };
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Start(options, [], CancellationToken.None, cluster)), Assert.Null);
        CopyCheckpoints(Path.Combine(run, "rank-1"), behind);
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Resume(run, 8_000, [], CancellationToken.None, cluster)), Assert.Null);
        Directory.Delete(Path.Combine(run, "rank-1", "checkpoints"), recursive: true);
        CopyCheckpoints(behind, Path.Combine(run, "rank-1"));

        RunSummary[] summaries = new RunSummary[2];
        Assert.All(ThreadCluster.Run(2, cluster => summaries[cluster.Process] =
            TrainingRun.Resume(run, frames: null, [], CancellationToken.None, cluster).Summary), Assert.Null);
        Assert.Equal((8_000, 4_000), (summaries[0].Frames, summaries[1].Frames));
    }

    [Fact]
    public void Start_OneProcessHasFewEpisodes_WeighsItsMeanByThem()
    {
        using TemporaryFolder folder = new();
        EnvironmentRegistry.Default.Register("tests/long-or-short", () => new LongOrShort());
        RunOptions options = OfTwo with { Environment = "tests/long-or-short", Run = folder["cluster"] };
        RunSummary[] summaries = new RunSummary[2];
        Assert.All(ThreadCluster.Run(2, cluster => summaries[cluster.Process] =
            TrainingRun.Start(options, [], CancellationToken.None, cluster).Summary), Assert.Null);
        Assert.Equal((100, 16), (summaries[1].MeanReturn100, summaries[1].Episodes)); // two of each of 8 simulators in 250 steps
        Assert.Equal(((100 * 10) + (16 * 100)) / 116.0, summaries[0].MeanReturn100!.Value, 1e-9);
    }

    [Fact]
    public void Start_OtherOptionsInOneProcess_SaysWhich()
    {
        using TemporaryFolder folder = new();
        Exception?[] failures = ThreadCluster.Run(2, cluster => ClusterFolder.Create(
            RunOptionsOf(cluster, folder["run"]), cluster).Dispose());
        Assert.All(failures, failure => Assert.StartsWith(
            "process 1 was started with 'gamma: 0.9', process 0 with 'gamma: 0.99'", Assert.IsType<InvalidRunException>(failure).Message));
        Assert.False(Path.Exists(folder["run"]));
    }

    [Fact]
    public void Start_OtherNumberOfProcesses_IsRefused() =>
        Assert.Contains("--processes", Assert.Throws<InvalidRunException>(() => TrainingRun.Start(OfTwo, [], CancellationToken.None)).Message);

    [Theory]
    [InlineData("a3c", "mpi", 2, false, "--transport")]
    [InlineData("gala", "mpi", 2, true, "--deterministic")]
    [InlineData("gala", "memory", 2, false, "--processes")]
    public void Check_WhatDoesNotGoTogether_IsOneProblem(string architecture, string transport, int processes, bool deterministic, string option)
    {
        RunOptions options = new() { Architecture = architecture, Transport = transport, Processes = processes, Deterministic = deterministic };
        Assert.Equal(option, Assert.Single(RunOptionsValidator.Check(options)).Option);
    }

    /// <summary>Pays a point a step: ten of them an episode in process 0, a hundred in process 1.</summary>
    private sealed class LongOrShort : IEnvironment
    {
        private int _steps;
        private int _length;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/long-or-short", Observation = TensorShape.Vector(1), Actions = 2 };

        public void Reset(Span<float> observation) => (_steps, observation[0]) = (0, 1);

        public void Reset(ulong seed, Span<float> observation)
        {
            _length = Enumerable.Range(0, 8).Any(index => SimulatorBatch.SimulatorSeed(Alone.Seed, index) == seed) ? 10 : 100;
            Reset(observation);
        }

        public StepResult Step(int action, Span<float> observation)
        {
            observation[0] = 1;
            return new StepResult(1, ++_steps == _length, false);
        }
    }

    private static void CopyCheckpoints(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(from, "checkpoints"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static RunOptions RunOptionsOf(ICluster cluster, string run) => OfTwo with { Gamma = cluster.Process == 0 ? 0.99 : 0.9, Run = run };
}
