using System.Globalization;
using Gala.Environments;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>A rule for when agents gossip, as it is tried.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Key">Name in folders.</param>
/// <param name="Options">Options of its runs, without game, seed and folder.</param>
internal sealed record GossipVariant(string Name, string Key, RunOptions Options)
{
    private const double QsrGrowth = 1.5; // A over the first learning rate: periods start to grow when the rate has fallen below three quarters of it
    private const double LockStepShare = 0.25; // of the frames, before Sync-Switch goes over

    private static readonly RunOptions Gala = new() { Architecture = "gala", Agents = 4, Simulators = 16, GossipGradients = false }; // the rules are about parameters

    /// <summary>In lock-step, after every update: what the others are measured by.</summary>
    public static GossipVariant Every(long frames) => LockStep("every update, in lock-step", "every", "every", frames);

    /// <summary>The quadratic synchronisation rule.</summary>
    public static GossipVariant Qsr(long frames)
    {
        double rate = RunDefaults.Resolve(Gala with { Environment = "minatar/breakout", Frames = frames }, EnvironmentRegistry.Default.SpecOf).LearningRate!.Value;
        return LockStep("QSR", "qsr", string.Create(CultureInfo.InvariantCulture, $"qsr=4/{QsrGrowth * rate:0.######}"), frames);
    }

    /// <summary>Selective synchronisation: after updates whose gradient changed much.</summary>
    public static GossipVariant Significant(long frames) => LockStep("SelSync", "significant", "significant=5", frames);

    /// <summary>After every fourth update, the first period of <see cref="Qsr"/>.</summary>
    public static GossipVariant EveryFourth(long frames) => LockStep("every 4th update", "every-4", "every=4", frames);

    /// <summary>After every sixteenth update.</summary>
    public static GossipVariant EverySixteenth(long frames) => LockStep("every 16th update", "every-16", "every=16", frames);

    /// <summary>Asynchronously, after every update: the default.</summary>
    public static GossipVariant Asynchronous(long frames) => new("asynchronous", "asynchronous", Gala with { Frames = frames });

    /// <summary>In lock-step first, then asynchronously.</summary>
    public static GossipVariant SyncSwitch(long frames) =>
        new("Sync-Switch", "sync-switch", Gala with { Frames = frames, LockStepFrames = (long)(LockStepShare * frames) });

    private static GossipVariant LockStep(string name, string key, string rule, long frames) =>
        new(name, key, Gala with { Frames = frames, Deterministic = true, Gossip = rule });
}
