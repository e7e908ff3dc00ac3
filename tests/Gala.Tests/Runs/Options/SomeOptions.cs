using FsCheck;
using FsCheck.Fluent;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

/// <summary>Environments and options for tests.</summary>
internal static class SomeOptions
{
    /// <summary>Far from every default.</summary>
    public static RunOptions NothingLeftOpen { get; } = new()
    {
        Architecture = "a2c",
        Environment = "minatar/asterix:sticky=0.25:limit=100",
        Agents = 1,
        Simulators = 7,
        ComputeThreads = 3,
        Runners = 5,
        Rollout = 9,
        Frames = 1_234_567,
        Seed = ulong.MaxValue,
        Network = "nature",
        Optimizer = "adam",
        LearningRate = 0.1 + 0.2,
        LearningRateSchedule = "linear",
        RmsPropDecay = 0.123456789012345,
        OptimizerEpsilon = 1.2345e-17,
        EpsilonPlace = "inside",
        Gamma = 1,
        GaeLambda = 0.95,
        Entropy = 0,
        ValueCoefficient = 3,
        MaxGradientNorm = 0,
        Topology = "exponential",
        Gossip = "qsr=3/0.25",
        LockStepFrames = 100_000,
        GossipStatistics = true,
        GossipGradients = true,
        MessageFormat = "bfloat16",
        MaxStaleness = 17,
        Transport = "mpi",
        Processes = 3,
        Deterministic = true,
        Batch = 3,
        Queue = 19,
        RhoBar = 10,
        CBar = 1.5,
        VTraceLambda = 0.9,
        CheckpointEvery = 5,
        KeepCheckpoints = 11,
        ReportEvery = 0.25,
        Run = "C:\\runs\\\"é: #1\" - 漢",
    };

    public static EnvironmentSpec Board { get; } =
        new() { Id = "test/board", Observation = new TensorShape(10, 10, 4), Actions = 6 };

    public static EnvironmentSpec Pole { get; } =
        new() { Id = "test/pole", Observation = TensorShape.Vector(4), Actions = 2 };

    public static EnvironmentSpec Screen { get; } =
        new() { Id = "test/screen", Observation = new TensorShape(84, 84, 4), Actions = 6, FrameSkip = 4 };

    public static EnvironmentSpec Find(string reference) => reference switch
    {
        "minatar/breakout" or "test/board" => Board,
        "test/pole" => Pole,
        "test/screen" => Screen,
        _ => throw new ArgumentException($"Unknown environment '{reference}'.", nameof(reference)),
    };

    /// <summary>Options of which every value is allowed by itself.</summary>
    public static Gen<RunOptions> Generator { get; } =
        from whole in Gen.Choose(1, 1_000)
        from real in Gen.Choose(1, 999_999)
        from isSet in Gen.Elements(true, false)
        from text in ArbMap.Default.GeneratorFor<NonEmptyString>()
        select new RunOptions
        {
            Agents = isSet ? whole : null,
            Simulators = whole,
            Rollout = isSet ? null : whole,
            Frames = (long)whole * real,
            Seed = (ulong)whole * 18_446_744_073_709_55UL,
            LearningRate = isSet ? real / 1e6 : null,
            Gamma = real / 1e6,
            Entropy = 1e-9 / real,
            MaxStaleness = isSet ? whole - 1 : null,
            Deterministic = !isSet,
            Run = Fit(text.Get),
        };

    private static string? Fit(string text)
    {
        string fit = string.Concat(text.Where(character => !char.IsControl(character) && !char.IsSurrogate(character)));
        return string.IsNullOrWhiteSpace(fit) ? null : fit;
    }
}
