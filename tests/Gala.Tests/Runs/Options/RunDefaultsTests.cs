using System.Reflection;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class RunDefaultsTests
{
    private static readonly RunOptions Board = new() { Environment = "test/board" };
    private static readonly RunOptions Impala = Board with { Architecture = "impala" };

    [Theory]
    [InlineData("gala", "test/board", 4, "minatar", 1.12e-2)] // 5.6e-3 · √(64 / 16)
    [InlineData("a2c", "test/board", 1, "minatar", 5.6e-3)]
    [InlineData("gala", "test/pole", 4, "mlp", 1.12e-2)]
    [InlineData("a2c", "test/screen", 1, "nature", 7e-4)]
    public void Resolve_NothingGiven_DecidesByArchitectureAndObservation(
        string architecture, string environment, int agents, string network, double learningRate)
    {
        RunOptions options = RunDefaults.Resolve(new RunOptions { Architecture = architecture, Environment = environment }, SomeOptions.Find);
        Assert.Equal((agents, network), (options.Agents, options.Network));
        Assert.Equal(learningRate, options.LearningRate!.Value, 12);
    }

    [Fact]
    public void Resolve_NothingGiven_LeavesOpenTheBoundTheFolderAndOptionsOfOtherArchitectures()
    {
        RunOptions options = RunDefaults.Resolve(Board, SomeOptions.Find);
        IEnumerable<string> open = typeof(RunOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetValue(options) is null).Select(property => property.Name)
            .Where(property => OptionCatalog.Of(property).IsUsedBy(options));
        Assert.Equal([nameof(RunOptions.Runners), nameof(RunOptions.Run)], open);
        Assert.Equal(16, options.MaxStaleness);
        Assert.Null(RunDefaults.Resolve(Board with { Deterministic = true }, SomeOptions.Find).MaxStaleness);
        Assert.Null(RunDefaults.Resolve(Board with { Gossip = "significant=0.3" }, SomeOptions.Find).MaxStaleness);
        Assert.Equal((5, "rmsprop", 1e-5, 0.01), (options.Rollout, options.Optimizer, options.OptimizerEpsilon, options.Entropy));
        Assert.Equal((0.95, "linear", 300_000), (options.GaeLambda, options.LearningRateSchedule, options.CheckpointEvery));
    }

    [Theory]
    [InlineData(null, null, 5)]
    [InlineData(7, null, 7)]
    [InlineData(null, 7, 7)]
    [InlineData(7, 7, 7)]
    public void Resolve_Hts_MakesTheRolloutTheSyncInterval(int? rollout, int? interval, int expected)
    {
        RunOptions options = RunDefaults.Resolve(
            Board with { Architecture = "hts", Simulators = 1, Rollout = rollout, SyncInterval = interval }, SomeOptions.Find);
        Assert.Equal((expected, expected), (options.Rollout, options.SyncInterval));
        Assert.Equal((1, 1, 1), (options.Agents, options.Actors, options.Executors));
        Assert.Equal(options, RunDefaults.Resolve(options, SomeOptions.Find));
    }

    [Fact]
    public void Resolve_Resolved_ChangesNothing()
    {
        RunOptions options = RunDefaults.Resolve(Board with { Simulators = 9, Optimizer = "adam" }, SomeOptions.Find);
        Assert.Equal(options, RunDefaults.Resolve(options, SomeOptions.Find));
        Assert.Equal(1e-8, options.OptimizerEpsilon);
    }

    [Fact]
    public void Resolve_Impala_HasABatchOfOneTrajectoryAnActor()
    {
        RunOptions options = RunDefaults.Resolve(Impala with { Agents = 3 }, SomeOptions.Find);
        Assert.Equal((3, 6, 1, 1, 1), (options.Batch, options.Queue, options.RhoBar, options.CBar, options.VTraceLambda));
        Assert.Null(options.GaeLambda);
        Assert.Equal(options, RunDefaults.Resolve(options, SomeOptions.Find));
        Assert.Empty(RunOptionsValidator.LeftOpen(options));
        Assert.Equal(0.5, RunDefaults.Resolve(Impala with { RhoBar = 0.5 }, SomeOptions.Find).CBar);
    }

    [Fact]
    public void Resolve_GivenValues_AreKept()
    {
        RunOptions given = SomeOptions.NothingLeftOpen with
        {
            Environment = "test/screen",
            Deterministic = false,
            MaxStaleness = null, // of other architectures
            Gossip = "every",
            LockStepFrames = 0,
            GossipStatistics = false,
            GossipGradients = null,
            MessageFormat = "float32",
            Batch = null,
            Queue = null,
            RhoBar = null,
            CBar = null,
            VTraceLambda = null,
        };
        Assert.Equal(given, RunDefaults.Resolve(given, SomeOptions.Find));
    }

    [Theory]
    [InlineData("minatar", null, false, true)]
    [InlineData("mlp-lstm", null, false, true)]
    [InlineData("minatar", "adam", false, false)]
    [InlineData("minatar", null, true, false)] // their statistics alone were asked for
    [InlineData("nature", null, false, false)] // as published
    public void Resolve_Gala_GossipsGradientsOfSmallNetworksUnlessSomethingElseWasAsked(string network, string? optimizer, bool statistics, bool expected)
    {
        RunOptions options = RunDefaults.Resolve(
            new RunOptions { Environment = network == "nature" ? "test/screen" : "test/board", Network = network, Optimizer = optimizer, GossipStatistics = statistics },
            SomeOptions.Find);
        Assert.Equal(expected, options.GossipGradients);
        Assert.False(RunDefaults.Resolve(Board with { GossipGradients = false }, SomeOptions.Find).GossipGradients);
    }

    public static TheoryData<RunOptions, string> Bad => new()
    {
        { Board with { Environment = "nowhere" }, "--environment: Unknown environment 'nowhere'." },
        { Board with { Environment = "" }, "--environment: expected an environment such as minatar/breakout, not ''" },
        { Board with { Agents = 0 }, "--agents: expected a whole number from 1 to 1,024, not '0'" },
        { Board with { LearningRate = -1 }, "--learning-rate: expected a number above 0 to 1,000, not '-1'" },
        { Board with { LearningRate = double.NaN }, "--learning-rate: expected a number above 0 to 1,000, not 'NaN'" },
        { Board with { LearningRate = 1e-60 }, "--learning-rate: expected a number above 0 to 1,000, not '1E-60'" },
        { Board with { Gamma = 1.01 }, "--gamma: expected a number from 0 to 1, not '1.01'" },
        { Board with { RmsPropDecay = 1 }, "--rms-prop-decay: expected a number from 0 to below 1, not '1'" },
        { Board with { Frames = 0 }, "--frames: expected a whole number from 1 to 1,000,000,000,000,000, not '0'" },
        { Board with { Architecture = "gals" }, "--architecture: expected one of gala, a2c, a3c, impala, hts, not 'gals', did you mean gala?" },
        { Board with { Architecture = null! }, "--architecture: expected one of gala, a2c, a3c, impala, hts, not nothing" },
        { Board with { Network = "natur" }, "--network: expected one of minatar, mlp, nature, minatar-lstm, mlp-lstm, nature-lstm, impala-shallow, impala-deep, not 'natur', did you mean nature?" },
        { Board with { Optimizer = "sgd" }, "--optimizer: expected one of rmsprop, adam, not 'sgd'" },
        { Board with { Topology = "rings" }, "--topology: expected one of ring, undirected-ring, exponential, one-peer-exponential, bipartite-exponential, random-regular, star, complete, or a file such as graph.yaml, not 'rings', did you mean ring?" },
        { Board with { Topology = "random-regular:degree=4" }, "--topology: random-regular: degree must be from 1 to 3 with 4 agents, not 4." },
        { Board with { Topology = "bipartite-exponential", Agents = 3 }, "--topology: bipartite-exponential pairs odd agents with even ones and needs an even number of them, not 3; take one more or less." },
        { Board with { Topology = "no/such.yaml" }, "--topology: cannot read 'no/such.yaml': there is no such file" },
        { Board with { MaxStaleness = -1 }, "--max-staleness: expected a whole number from 0 to 2,147,483,647, not '-1'" },
        { Board with { Deterministic = true, MaxStaleness = 4 }, "--max-staleness: has no effect with --deterministic, where agents go in lock-step: leave one of them out" },
        { Board with { Gossip = "qsr=4" }, "--gossip: expected every, every=H, qsr=H0/A or significant=DELTA, not 'qsr=4'" },
        { Board with { Architecture = "a2c", Gossip = "every=4" }, "--gossip: has no effect with --architecture a2c, only with gala: leave it out" },
        { Board with { Gossip = "significant=0.3", MaxStaleness = 4 }, "--max-staleness: is not for --gossip significant=0.3, where an agent may rightly send nothing for long: leave it out" },
        { Board with { Deterministic = true, LockStepFrames = 1_000 }, "--lock-step-frames: has no effect with --deterministic, where agents go in lock-step to the end: leave one of them out" },
        { Impala with { LockStepFrames = 1_000 }, "--lock-step-frames: has no effect with --architecture impala, only with gala: leave it out" },
        { Board with { Optimizer = "adam", GossipStatistics = true }, "--gossip-statistics: mixes the statistics of rmsprop, not of adam: leave it out" },
        { Board with { Optimizer = "adam", GossipGradients = true }, "--gossip-gradients: mixes the statistics of rmsprop, not of adam: leave it out" },
        { Board with { GossipStatistics = true, GossipGradients = true }, "--gossip-statistics: is part of --gossip-gradients: leave it out" },
        { Board with { Architecture = "a2c", GossipGradients = true }, "--gossip-gradients: has no effect with --architecture a2c, only with gala: leave it out" },
        { Board with { MessageFormat = "float16" }, "--message-format: expected one of float32, bfloat16, not 'float16', did you mean bfloat16?" },
        { Board with { SyncInterval = 5 }, "--sync-interval: has no effect with --architecture gala, only with hts: leave it out" },
        { Board with { Architecture = "a2c", Executors = 2 }, "--executors: has no effect with --architecture a2c, only with hts: leave it out" },
        { Board with { Architecture = "hts", Agents = 2 }, "--agents: must be 1 with --architecture hts, which has one learner" },
        { Board with { Architecture = "hts", Rollout = 5, SyncInterval = 6 }, "--sync-interval: is the same as --rollout with --architecture hts, which makes one update an interval: leave one of them out" },
        { Board with { Architecture = "hts", Simulators = 4, Executors = 5 }, "--executors: must be 4 or less, since each of them needs a simulator: lower it or raise --simulators" },
        { Board with { RhoBar = 2 }, "--rho-bar: has no effect with --architecture gala, only with impala: leave it out" },
        { Impala with { GaeLambda = 1 }, "--gae-lambda: has no effect with --architecture impala, only with gala, a2c, a3c, hts: leave it out" },
        { Impala with { MaxStaleness = 1 }, "--max-staleness: has no effect with --architecture impala, only with gala: leave it out" },
        { Impala with { Deterministic = true }, "--deterministic: is not for impala, whose actors never wait for each other: leave it out" },
        { Impala with { CBar = 1.5 }, "--c-bar: is above --rho-bar, 1: V-trace needs it at most as large" },
        { Impala with { Batch = 7, Queue = 6 }, "--queue: 6 trajectories never make a batch of 7: raise it, or lower --batch" },
        { Impala with { Frames = 319 }, "--frames: 319 frames are less than one update of every agent: expected 320 or more (4 trajectories x 16 simulators x 5 steps x frame skip 1)" },
        { Board with { Frames = 319 }, "--frames: 319 frames are less than one update of every agent: expected 320 or more (4 agents x 16 simulators x 5 steps x frame skip 1)" },
        { Board with { Simulators = 65_536, Rollout = 65_536, Frames = 1_000_000_000_000 }, "--simulators: 65,536 simulators x 65,536 steps x 10x10x4 observations are too many for one agent: lower --simulators or --rollout" },
        { Board with { ReportEvery = 0 }, "--report-every: expected a number above 0 to 86,400, not '0'" },
        { Board with { Run = "a\nb" }, "--run: expected a folder, not 'a\\u000ab'" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Resolve_OneBadOption_IsOneLineWithTheMend(RunOptions options, string expected)
    {
        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() => RunDefaults.Resolve(options, SomeOptions.Find));
        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public void Resolve_NetworkThatDoesNotFit_NamesTheNetwork()
    {
        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() =>
            RunDefaults.Resolve(Board with { Network = "nature" }, SomeOptions.Find));
        Assert.StartsWith("--network: nature does not fit test/board: ", Assert.Single(exception.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_SeveralBadOptions_AreReportedInOrder()
    {
        InvalidOptionsException exception = Assert.Throws<InvalidOptionsException>(() =>
            RunDefaults.Resolve(Board with { ReportEvery = -1, Agents = 0, Gamma = 2, Environment = "nowhere" }, SomeOptions.Find));
        Assert.Equal(["--agents", "--gamma", "--report-every", "--environment"], exception.Problems.Select(problem => problem.Option));
    }
}
