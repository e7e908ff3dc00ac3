using System.Globalization;
using Gala.Environments;
using Gala.Experiments;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>How alike the gradients of GALA's agents are, beside those of the blocks of one A2C batch.</summary>
internal sealed class GradientCorrelationReproduction : IReproduction
{
    private const int Agents = 4;
    private const int Simulators = 16;
    private const long FullFrames = 1_000_000;
    private const long QuickFrames = 100_000;

    private static readonly CorrelationMethod[] Methods = [CorrelationMethod.Blocks, CorrelationMethod.LockStep, CorrelationMethod.Late];

    public string Name => "gradient-correlation";

    public string Claim => "Gradients of GALA's agents are less correlated than those of the blocks of one A2C batch (Assran et al. 2019, section 5)";

    public (int Full, int Quick) DefaultSeeds => (5, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        long frames = settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames);
        string[] games = settings.Games.Count > 0 ? [.. settings.Games] : ["breakout", "asterix"];
        (string Game, CorrelationMethod Method, int Seed)[] runs =
        [
            .. from game in games
               from method in Methods
               from seed in Enumerable.Range(1, settings.Seeds)
               select (game, method, seed),
        ];
        CorrelationTrace[] traces = new CorrelationTrace[runs.Length];
        Lock gate = new();
        ParallelOptions parallel = new() { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, runs.Length, parallel, i =>
        {
            lock (gate)
            {
                progress($"{runs[i].Method.Name}, {runs[i].Game}, seed {runs[i].Seed}");
            }

            traces[i] = CorrelationRun.Train(runs[i].Method, Options(runs[i].Game, frames, (ulong)runs[i].Seed), stop);
        });
        return Report(settings, frames, games, [.. runs.Zip(traces, (run, trace) => (run.Game, run.Method, trace))]);
    }

    private static RunOptions Options(string game, long frames, ulong seed) => RunDefaults.Resolve(
        new RunOptions
        {
            Architecture = "gala",
            Environment = $"minatar/{game}",
            Agents = Agents,
            Simulators = Simulators,
            Frames = frames,
            Seed = seed,
        },
        EnvironmentRegistry.Default.SpecOf);

    private static ReproductionReport Report(
        ReproductionSettings settings, long frames, string[] games, (string Game, CorrelationMethod Method, CorrelationTrace Trace)[] runs)
    {
        return new ReproductionReport(
            "How alike the agents' gradients are",
            [
                $"{Agents} agents of {Simulators} simulators, {frames.ToString("N0", CultureInfo.InvariantCulture)} frames in all, seeds 1 to {settings.Seeds}, one and the same rate. A2C averages the {Agents} gradients "
                    + "before each step, so they are those of the blocks of one batch of 64 simulators; GALA's agents step by their own and mix on a ring in "
                    + "rounds. The figure is the cosine between two gradients of one round, before clipping; means over all pairs and rounds, with their 95% intervals over seeds.",
                Judgement.Rule,
            ],
            [.. games.Select(game => Judge(game, Means(game)))],
            [
                new Table("Mean cosine between two agents' gradients", ["method", .. games],
                    [.. Methods.Select(method => (IReadOnlyList<string>)[method.Name, .. games.Select(game => Text(Of(game, method)))])]),
            ],
            [
                ("gradient-correlation", new ChartSheet("Mean cosine between two gradients over training",
                    [.. games.Select(game => new Panel(game, "frames", "cosine",
                        [.. Methods.Select(method => Series.MeanOf(method.Name, Traces(game, method).Select(trace => trace.Curve)))]))])),
                ("gradient-correlation-matrix", new HeatMapSheet("Mean cosine between the gradients of agents 0 to 3",
                [
                    .. from game in games
                       from method in Methods
                       select new HeatMap($"{game}: {method.Name}", MeanMatrix([.. Traces(game, method)])),
                ])),
            ]);

        IEnumerable<CorrelationTrace> Traces(string game, CorrelationMethod method) =>
            runs.Where(run => run.Game == game && run.Method == method).Select(run => run.Trace);

        Scores Of(string game, CorrelationMethod method) => Scores.OfOneTask(Traces(game, method).Select(trace => trace.Mean));

        Scores[] Means(string game) => [.. Methods.Select(method => Of(game, method))];
    }

    private static Verdict Judge(string game, Scores[] means)
    {
        Interval lockStep = Less(means[1]), late = Less(means[2]);
        return new Verdict(
            $"Gradients of GALA's agents are less correlated than those of the blocks of one A2C batch, on {game} (Assran et al. 2019)",
            Judgement.All(Judgement.IsAbove(lockStep), Judgement.IsAbove(late)),
            $"The mean cosine is less than A2C's by {lockStep.ToText("0.000")} in lock-step and by {late.ToText("0.000")} with late messages.");

        Interval Less(Scores than) => StratifiedBootstrap.OfDifference(means[0], than, Aggregate.Mean);
    }

    private static double[][] MeanMatrix(IReadOnlyList<CorrelationTrace> traces) =>
        [.. Enumerable.Range(0, Agents).Select(row => Enumerable.Range(0, Agents).Select(column => traces.Average(trace => trace.Matrix[row][column])).ToArray())];

    private static string Text(Scores cosines) => StratifiedBootstrap.Of(cosines, Aggregate.Mean).ToText("0.000");
}
