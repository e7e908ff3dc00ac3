using System.Globalization;
using Gala.Experiments;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>One IMPALA agent on all five games of MinAtar beside five agents with one game each, at equal frames in all.</summary>
internal sealed class MultiTaskReproduction : IReproduction
{
    private const long FullFrames = 5_000_000; // of the one, and of the five together
    private const long QuickFrames = 500_000;
    private const string Multi = "one agent on all";
    private const string Single = "an agent a game";

    private static readonly string[] Games = ["minatar/asterix", "minatar/breakout", "minatar/freeway", "minatar/seaquest", "minatar/space_invaders"];

    private static readonly RunOptions Impala = new() { Architecture = "impala", Agents = 4, Simulators = 15, ReportEvery = 0.5 };

    public string Name => "multi-task";

    public string Claim => "One IMPALA agent on many tasks beats an agent a task: positive transfer (Espeholt et al. 2018)";

    public (int Full, int Quick) DefaultSeeds => (3, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        long frames = settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames);
        List<TrainedRun> together = [];
        Dictionary<string, List<TrainedRun>> apart = Games.ToDictionary(game => game, _ => new List<TrainedRun>());
        for (int seed = 1; seed <= settings.Seeds; seed++)
        {
            progress(string.Create(CultureInfo.InvariantCulture, $"one agent on five games, seed {seed}, {frames:N0} frames"));
            together.Add(Train(settings, string.Join(',', Games), "all", seed, frames, stop));
            foreach (string game in Games)
            {
                progress(string.Create(CultureInfo.InvariantCulture, $"an agent on {game}, seed {seed}, {frames / Games.Length:N0} frames"));
                apart[game].Add(Train(settings, game, game[(game.IndexOf('/', StringComparison.Ordinal) + 1)..], seed, frames / Games.Length, stop));
            }
        }

        return Report(settings, frames, together, apart);
    }

    private static TrainedRun Train(ReproductionSettings settings, string environment, string name, int seed, long frames, CancellationToken stop) =>
        TrainedRun.TrainOrLoad(
            Impala with
            {
                Environment = environment,
                Frames = frames,
                Seed = (ulong)seed,
                Run = Path.Combine(settings.Folder, "runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{seed}")),
            },
            stop);

    private static ReproductionReport Report(
        ReproductionSettings settings, long frames, List<TrainedRun> together, Dictionary<string, List<TrainedRun>> apart)
    {
        Scores multi = Normalize(game => together.Select(run => run.ReturnOf(game)));
        Scores single = Normalize(game => apart[game].Select(run => run.FinalReturn));
        return new ReproductionReport(
            "One agent on many tasks",
            [
                $"IMPALA with its defaults, {Impala.Agents} actors of {Impala.Simulators} simulators, on {Environment.ProcessorCount} processors, seeds 1 to {settings.Seeds}. The one "
                    + string.Create(CultureInfo.InvariantCulture, $"agent has {frames:N0} frames in all, a fifth of its simulators on each game; each of the five has {frames / Games.Length:N0}, ")
                    + "so it sees its game "
                    + "exactly as much as the one agent does. The one agent's network sees the union of the games' channels, equal names sharing a plane.",
                "Returns are means of the last 100 training episodes of a game, lowest to highest seed in brackets. Normalised, 0 is to act at random and 1 is a GALA agent "
                    + "of this project that was trained for that one game for 3 million frames.",
                Judgement.Rule,
            ],
            [Judge(multi, single)],
            [ToTable(together, apart, multi, single)],
            [("multi-task", Chart(together, apart))]);
    }

    private static Verdict Judge(Scores multi, Scores single)
    {
        Outcome outcome = Judgement.IsAbove(StratifiedBootstrap.OfDifference(multi, single, Aggregate.InterquartileMean));
        string transfer = outcome switch
        {
            Outcome.Holds => "Transfer was positive",
            Outcome.DoesNotHold => "Transfer was negative",
            _ => "Whether transfer was positive or negative cannot be said",
        };
        return new Verdict("One agent on many tasks beats an agent a task (Espeholt et al. 2018)", outcome, $"{transfer}. {Normalized.Compare(multi, single)}");
    }

    private static Table ToTable(
        List<TrainedRun> together, Dictionary<string, List<TrainedRun>> apart, Scores multi, Scores single) => new(
        "Return by game",
        ["game", Multi, Single],
        [
            .. Games.Select(game => (IReadOnlyList<string>)
            [
                game,
                SeedRange.Of(together.Select(run => run.ReturnOf(game))).ToString(),
                SeedRange.Of(apart[game].Select(run => run.FinalReturn)).ToString(),
            ]),
            ["normalised IQM", Percent(multi), Percent(single)],
        ]);

    private static ChartSheet Chart(List<TrainedRun> together, Dictionary<string, List<TrainedRun>> apart) => new(
        "Return by frames of the game",
        [.. Games.Select(game => new Panel(game, "frames of the game", "return",
        [
            Series.MeanOf(Multi, together.Select(run => run.CurveOf(game, Games.Length))),
            Series.MeanOf(Single, apart[game].Select(run => run.Curve("frames", "meanReturn100"))),
        ]))]);

    private static Scores Normalize(Func<string, IEnumerable<double>> returnsOf) =>
        new(Games.Select(game => returnsOf(game).Select(value => ReferenceReturns.Normalize(game, value) ?? double.NaN)));

    private static string Percent(Scores scores) => StratifiedBootstrap.Of(scores, Aggregate.InterquartileMean).ToText("0.000");
}
