using Gala.Environments;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>How far agents that gossip are from their mean while they train, beside the ball that theory keeps them in.</summary>
internal sealed class EpsilonBallReproduction : IReproduction
{
    private const int FullRounds = 1_000;
    private const int QuickRounds = 100;
    private const int Simulators = 16;

    public string Name => "epsilon-ball";

    public string Claim => "Agents stay in a ball around their mean, smaller for lower rates and denser graphs (Assran et al. 2019, propositions 1 and 2)";

    public (int Full, int Quick) DefaultSeeds => (1, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        string game = settings.Games.Count > 0 ? settings.Games[0] : "breakout";
        BallCase[] cases = settings.Quick ? [.. Cases([2, 4], [1, 2], [0, 4])] : [.. Cases([2, 4, 8, 16], [0.5, 1, 2], [0, 1, 2, 4, 8])];
        List<BallTrace> traces = [];
        Lock gate = new();
        ParallelOptions parallel = new() { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount };
        IEnumerable<(BallCase Setting, int Seed)> runs =
            from setting in cases.OrderByDescending(setting => setting.Agents) // the longest first, so that no processor idles at the end
            from seed in Enumerable.Range(1, settings.Seeds)
            select (setting, seed);
        Parallel.ForEach(runs, parallel, run =>
        {
            lock (gate)
            {
                progress($"{run.Setting}, seed {run.Seed}");
            }

            BallTrace trace = Train(settings, run.Setting, $"minatar/{game}", (ulong)run.Seed, stop);
            lock (gate)
            {
                traces.Add(trace);
            }
        });
        BallTrace[] inOrder = [.. traces.OrderBy(trace => Array.IndexOf(cases, trace.Case))];
        return EpsilonBallReport.Of(inOrder, game, Rounds(settings), settings.Seeds);
    }

    /// <summary>Every graph of every size; of two agents there is but one graph.</summary>
    private static IEnumerable<BallCase> Cases(int[] sizes, double[] rates, int[] delays) =>
        from agents in sizes
        from topology in agents == 2 ? [Topologies.Ring] : (string[])[Topologies.Ring, Topologies.Exponential, Topologies.Complete]
        from rate in rates
        from delay in delays
        select new BallCase(topology, agents, rate, delay);

    private static BallTrace Train(ReproductionSettings settings, BallCase setting, string environment, ulong seed, CancellationToken stop)
    {
        RunOptions options = Resolve(new RunOptions
        {
            Architecture = "gala",
            Environment = environment,
            Agents = setting.Agents,
            Simulators = Simulators,
            Seed = seed,
            LearningRateSchedule = "constant", // as the theory has it
        });
        return BallRun.Train(setting, options with { LearningRate = options.LearningRate * setting.RateFactor }, Rounds(settings), stop);
    }

    private static int Rounds(ReproductionSettings settings) => settings.Frames is { } frames
        ? Math.Max(10, (int)Math.Min(int.MaxValue, frames / (Simulators * Resolve(new RunOptions()).Rollout!.Value)))
        : settings.Quick ? QuickRounds : FullRounds;

    private static RunOptions Resolve(RunOptions options) => RunDefaults.Resolve(options, EnvironmentRegistry.Default.SpecOf);
}
