using Gala.Gossip;
using Gala.Measuring.Clusters;
using Gala.Networks;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary>The options of a simulated cluster, but for its graph.</summary>
internal sealed class ClusterOptionSet
{
    private const string DefaultNetwork = "minatar";
    private const int MostSlow = 4_096;

    private readonly ValueOption _delay = new("--delay", "DIST", "How long messages travel") { DefaultText = "lognormal/0.5/2ms" };
    private readonly ValueOption _compute = new("--compute", "DIST", "How long updates take") { DefaultText = "lognormal/0.2/10ms" };
    private readonly ValueOption _loss = new("--loss", "P", "Probability that a message is lost") { DefaultText = "0" };
    private readonly ValueOption _slow = new("--slow", "COUNT/FACTOR", "So many agents take so many times longer to compute") { DefaultText = "none" };
    private readonly ValueOption _maxStaleness = RunOptionSet.One("--max-staleness", "16");
    private readonly ValueOption _updates = new("--updates", "N", "Updates of each agent") { DefaultText = "200" };
    private readonly ValueOption _parameters = new("--parameters", "P|NETWORK", "Parameters of each message, or a network's") { DefaultText = DefaultNetwork };
    private readonly ValueOption _seed = new("--seed", "S", "Decides every random number") { DefaultText = "0" };

    /// <summary>Those with a value.</summary>
    public IReadOnlyList<ValueOption> Values => [_delay, _compute, _loss, _slow, _maxStaleness, _updates, _parameters, _seed];

    public SwitchOption PushSum { get; } = new("--push-sum", "Mix by push-sum, which needs a network without loss");

    /// <summary>The cluster asked for; what is wrong with it is noted.</summary>
    public ClusterOptions Read(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_maxStaleness]);
        invocation.Note(builder.Problems);
        ClusterOptions defaults = new();
        (int slowAgents, double slowness) = Slow(invocation);
        double loss = invocation.Real(_loss, 0, 1) ?? defaults.Loss;
        bool pushSum = invocation.Has(PushSum);
        if (pushSum && loss > 0)
        {
            invocation.Note(PushSum.Name, "needs a network that loses nothing; leave out --loss");
        }

        return new ClusterOptions
        {
            Delay = Distribution(invocation, _delay) ?? defaults.Delay,
            Compute = Distribution(invocation, _compute) ?? defaults.Compute,
            Loss = loss,
            SlowAgents = slowAgents,
            Slowness = slowness,
            MaxStaleness = builder.Options.MaxStaleness ?? defaults.MaxStaleness,
            Updates = invocation.Whole(_updates, 2, 1_000_000) ?? defaults.Updates,
            Parameters = Parameters(invocation),
            Seed = (ulong)(invocation.Whole(_seed, 0, long.MaxValue) ?? 0),
            PushSum = pushSum,
        };
    }

    private static DurationDistribution? Distribution(Invocation invocation, ValueOption option)
    {
        if (invocation.Text(option) is not { } text)
        {
            return null;
        }

        DurationDistribution? distribution = DurationDistribution.TryParse(text);
        if (distribution is null)
        {
            invocation.Note(option.Name, $"expected {DurationDistribution.Forms}, not '{text}'");
        }

        return distribution;
    }

    private (int Agents, double Factor) Slow(Invocation invocation)
    {
        if (invocation.Text(_slow) is not { } text)
        {
            return (0, 1);
        }

        if (text.Split('/') is [string count, string times] && HumanNumber.TryParseWhole(count, out decimal agents) && agents is >= 1 and <= MostSlow
            && HumanNumber.TryParseReal(times, out double factor) && factor is >= 1 and <= 1e6)
        {
            return ((int)agents, factor);
        }

        invocation.Note(_slow.Name, $"expected a number of agents and a factor such as 1/10, not '{text}'");
        return (0, 1);
    }

    private long Parameters(Invocation invocation)
    {
        string text = invocation.Text(_parameters) ?? DefaultNetwork;
        if (NetworkPresets.Names.Contains(text))
        {
            return ClusterOptions.ParametersOf(text);
        }

        if (HumanNumber.TryParseWhole(text, out decimal value) && value is >= 1 and <= 1_000_000_000_000)
        {
            return (long)value;
        }

        invocation.Note(_parameters.Name, $"expected a number such as 6.8m or one of {string.Join(", ", NetworkPresets.Names)}, not '{text}'");
        return 1;
    }
}
