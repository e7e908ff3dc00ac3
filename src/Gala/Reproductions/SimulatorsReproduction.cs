using System.Globalization;
using Gala.Experiments;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>More and more simulators: one A2C learner with all of them beside GALA agents of 16 each, at equal frames.</summary>
internal sealed class SimulatorsReproduction : IReproduction
{
    private const long FullFrames = 1_000_000;
    private const long QuickFrames = 60_000;
    private const int Fewest = 16; // simulators, for which the default rate was chosen
    private const string SquareRoot = "A2C, rate by square root";
    private const string Fixed = "A2C, fixed rate";
    private const string Gala = "GALA, 16 simulators an agent";

    private static readonly string[] Methods = [SquareRoot, Fixed, Gala];
    private static readonly string[] Games = ["breakout", "asterix"];
    private static readonly int[] Counts = [16, 32, 64, 128];

    public string Name => "simulators";

    public string Claim => "With more simulators fewer runs of A2C converge, of GALA as many (Assran et al. 2019, figure 1)";

    public (int Full, int Quick) DefaultSeeds => (5, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        long frames = settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames);
        int[] counts = settings.Quick ? [Counts[0], Counts[^1]] : Counts;
        Dictionary<(string Game, string Method, int Simulators), TrainedRun[]> runs = [];
        foreach (string game in Games)
        {
            foreach (int simulators in counts)
            {
                foreach (string method in Methods)
                {
                    runs[(game, method, simulators)] = simulators == Fewest && method != SquareRoot
                        ? runs[(game, SquareRoot, Fewest)] // the very same run: one agent of GALA is A2C, and the rates meet here
                        : Train(settings, game, method, simulators, frames, progress, stop);
                }
            }
        }

        return Report(settings, frames, counts, runs);
    }

    private static TrainedRun[] Train(
        ReproductionSettings settings, string game, string method, int simulators, long frames, Action<string> progress, CancellationToken stop)
    {
        RunOptions options = method switch
        {
            SquareRoot => new RunOptions { Architecture = "a2c", Simulators = simulators },
            Fixed => new RunOptions { Architecture = "a2c", Simulators = simulators, LearningRate = RateOf(Fewest) },
            _ => new RunOptions { Architecture = "gala", Agents = simulators / Fewest, Simulators = Fewest },
        };
        string kind = method switch { SquareRoot => "root", Fixed => "fixed", _ => "gala" };
        return
        [
            .. Enumerable.Range(1, settings.Seeds).Select(seed =>
            {
                progress($"{method}, {simulators} simulators, {game}, seed {seed}");
                string name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{game}-{simulators}-{seed}");
                return TrainedRun.TrainOrLoad(
                    options with
                    {
                        Environment = $"minatar/{game}", Frames = frames, Seed = (ulong)seed, Run = Path.Combine(settings.Folder, "runs", name),
                    },
                    stop);
            }),
        ];
    }

    private static double RateOf(int simulators) => PresetDefaults.For("minatar").LearningRate("rmsprop", simulators);

    private static ReproductionReport Report(
        ReproductionSettings settings, long frames, int[] counts, Dictionary<(string Game, string Method, int Simulators), TrainedRun[]> runs)
    {
        Dictionary<string, double> thresholds = Games.ToDictionary(game => game, game => Final(runs[(game, SquareRoot, Fewest)]).Mean / 2);
        return new ReproductionReport(
            "Robustness to many simulators",
            [
                $"Each run has {frames.ToString("N0", CultureInfo.InvariantCulture)} frames, seeds 1 to {settings.Seeds}. A2C is one learner with all simulators, its rate either that of {Fewest} simulators times the "
                    + "square root of how many times as many there are, or that of 16 as it is. GALA's agents have 16 simulators each, their rate by the square root of all. "
                    + $"A run has converged if the mean return of its last 100 episodes is at least half of what A2C with {Fewest} simulators reaches on average: "
                    + string.Join(", ", thresholds.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:0.0} on {one.Key}"))) + ".",
            ],
            [Judge(settings, counts[^1], runs, thresholds)],
            [ToTable(counts, runs, thresholds)],
            [("simulators", Chart(counts, runs, thresholds))]);
    }

    private static Verdict Judge(
        ReproductionSettings settings,
        int most,
        Dictionary<(string Game, string Method, int Simulators), TrainedRun[]> runs,
        Dictionary<string, double> thresholds)
    {
        double gala = Games.Average(game => Converged(runs[(game, Gala, most)], thresholds[game]));
        double a2c = Games.Average(game => Converged(runs[(game, SquareRoot, most)], thresholds[game]));
        int[] returns = [.. Games.Select(game => Final(runs[(game, Gala, most)]).CompareBeyondScatter(Final(runs[(game, SquareRoot, most)])))];
        Outcome outcome = settings.Seeds < 2 || (gala == a2c && returns.Sum() == 0) ? Outcome.Unclear
            : gala >= a2c && returns.Sum() >= 0 ? Outcome.Holds
            : gala <= a2c && returns.Sum() <= 0 ? Outcome.DoesNotHold : Outcome.Unclear;
        return new Verdict(
            $"GALA is more robust than A2C to many simulators (Assran et al. 2019; here {most}, A2C's rate by the square root)",
            outcome,
            string.Create(CultureInfo.InvariantCulture, $"{gala:P0} of GALA's runs converged and {a2c:P0} of A2C's; GALA's return is higher on {returns.Count(one => one > 0)} of ")
                + $"{Games.Length} games and lower on {returns.Count(one => one < 0)}.");
    }

    private static Table ToTable(
        int[] counts, Dictionary<(string Game, string Method, int Simulators), TrainedRun[]> runs, Dictionary<string, double> thresholds) => new(
        "Return and share of converged runs",
        ["method", "simulators", .. Games.SelectMany(game => (string[])[$"return, {game}", $"converged, {game}"])],
        [.. from method in Methods
            from simulators in counts
            select (IReadOnlyList<string>)
            [
                method,
                simulators.ToString(CultureInfo.InvariantCulture),
                .. Games.SelectMany(game => (string[])
                [
                    Final(runs[(game, method, simulators)]).ToString(),
                    Converged(runs[(game, method, simulators)], thresholds[game]).ToString("P0", CultureInfo.InvariantCulture),
                ]),
            ]]);

    private static ChartSheet Chart(
        int[] counts, Dictionary<(string Game, string Method, int Simulators), TrainedRun[]> runs, Dictionary<string, double> thresholds) => new(
        "By number of simulators",
        [
            .. Games.Select(game => Panel(game, "return", counts, (method, simulators) => Final(runs[(game, method, simulators)]))),
            .. Games.Select(game => Panel(game, "share of runs that converged", counts, (method, simulators) =>
                SeedStatistics.Of([Converged(runs[(game, method, simulators)], thresholds[game])]))),
        ]);

    private static Panel Panel(string game, string what, int[] counts, Func<string, int, SeedStatistics> value) => new(
        game, "simulators", what,
        [.. Methods.Select(method => new Series(method, [.. counts.Select(simulators =>
        {
            SeedStatistics statistics = value(method, simulators);
            return ((double)simulators, statistics.Mean, statistics.Low, statistics.High);
        })]))])
    {
        LogarithmicX = true,
    };

    private static SeedStatistics Final(TrainedRun[] runs) => SeedStatistics.Of(runs.Select(run => run.FinalReturn));

    private static double Converged(TrainedRun[] runs, double threshold) => runs.Average(run => run.FinalReturn >= threshold ? 1.0 : 0.0);
}
