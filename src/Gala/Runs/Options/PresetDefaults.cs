namespace Gala.Runs;

/// <summary>What the options of learning are for a network when nothing else is asked for.</summary>
/// <param name="Rollout">T, environment steps between updates.</param>
/// <param name="RmsPropRate">η at 16 simulators with RMSProp.</param>
/// <param name="AdamRate">η at 16 simulators with Adam.</param>
/// <param name="Optimizer">The optimiser.</param>
/// <param name="Entropy">Weight of the entropy bonus.</param>
/// <param name="GaeLambda">λ.</param>
/// <param name="Schedule">Of the learning rate.</param>
/// <param name="GossipGradients">Whether agents of GALA gossip their gradients too, where the optimiser is RMSProp.</param>
internal sealed record PresetDefaults(
    int Rollout, double RmsPropRate, double AdamRate, string Optimizer, double Entropy, double GaeLambda, string Schedule,
    bool GossipGradients)
{
    /// <summary>Simulators for which the rates hold.</summary>
    public const double BaseSimulators = 16;

    private static readonly PresetDefaults Nature = new(
        Rollout: 5, RmsPropRate: 7e-4, AdamRate: 7e-4, Optimizer: "rmsprop", Entropy: 0.01, GaeLambda: 1, Schedule: "constant",
        GossipGradients: false);

    private static readonly PresetDefaults Small = Nature with { RmsPropRate = 5.6e-3, GaeLambda = 0.95, Schedule = "linear", GossipGradients = true };

    /// <summary>The table: <c>nature</c> is A2C as GALA's authors ran it (Mnih et al. 2016; Assran et al. 2019); the small networks
    /// have what learned best in 3 million frames of the MinAtar games and half a million of CartPole (docs/results/defaults.md). Networks with a
    /// memory have longer rollouts, since gradients reach no further back, and <c>mlp-lstm</c> the rate that solved the memory task soonest.</summary>
    private static readonly Dictionary<string, PresetDefaults> Table = new(StringComparer.Ordinal)
    {
        ["minatar"] = Small,
        ["mlp"] = Small,
        ["nature"] = Nature,
        ["minatar-lstm"] = Small with { Rollout = 10 },
        ["mlp-lstm"] = Small with { Rollout = 20, RmsPropRate = 1.4e-3 },
        ["nature-lstm"] = Nature with { Rollout = 20 },
        ["impala-shallow"] = Nature with { Rollout = 20 },
        ["impala-deep"] = Nature with { Rollout = 20 },
    };

    /// <summary>The defaults of a preset of <see cref="Networks.NetworkPresets"/>.</summary>
    public static PresetDefaults For(string network) => Table.GetValueOrDefault(network, Nature);

    /// <summary>η for a number of simulators in all agents: rate · √(simulators / 16), as in the GALA paper.</summary>
    public double LearningRate(string optimizer, long simulators) =>
        (optimizer == "adam" ? AdamRate : RmsPropRate) * Math.Sqrt(simulators / BaseSimulators);

    /// <summary>ε: 1e-5 as in the GALA code; 1e-8 as in Kingma and Ba 2015.</summary>
    public static double Epsilon(string optimizer) => optimizer == "adam" ? 1e-8 : 1e-5;
}
