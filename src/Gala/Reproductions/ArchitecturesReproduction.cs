using System.Globalization;
using Gala.Experiments;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>Every architecture on the five games of MinAtar: at equal frames, and at equal time.</summary>
internal sealed class ArchitecturesReproduction : IReproduction
{
    private const long FullFrames = 1_000_000;
    private const long QuickFrames = 60_000;
    private const long LeastFrames = 2_000; // more than one update of every agent, whatever the architecture
    private const int Simulators = 64; // of each architecture, as in the experiments of the GALA paper

    private static readonly RunOptions[] Architectures =
    [
        new() { Architecture = "a2c", Agents = 4, Simulators = Simulators / 4 },
        new() { Architecture = "a3c", Agents = 4, Simulators = Simulators / 4 },
        new() { Architecture = "gala", Agents = 4, Simulators = Simulators / 4 },
        new() { Architecture = "hts", Simulators = Simulators },
        new() { Architecture = "impala", Agents = 4, Simulators = Simulators / 4 },
    ];

    public string Name => "architectures";

    public string Claim => "GALA learns as well as A2C or better, and faster by the clock (Assran et al. 2019)";

    public (int Full, int Quick) DefaultSeeds => (3, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        IReadOnlyList<string> games = MinAtarGames.Choose(settings.Games, settings.Quick ? [.. MinAtarGames.All.Take(2)] : MinAtarGames.All);
        long frames = settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames);
        Dictionary<(string Architecture, string Game), TrainedRun[]> byFrames = [], byTime = [];
        foreach (string game in games)
        {
            foreach (RunOptions architecture in Architectures)
            {
                byFrames[(architecture.Architecture, game)] = Train(settings, architecture, game, frames, "frames", progress, stop);
            }

            // Every architecture gets the time that was asked for, or that the slowest took, in frames at its own pace, so that its learning rate ends with its time.
            double seconds = settings.Seconds ?? Architectures.Max(architecture => frames / Pace(byFrames[(architecture.Architecture, game)]));
            foreach (RunOptions architecture in Architectures)
            {
                long affordable = Math.Max(LeastFrames, (long)(seconds * Pace(byFrames[(architecture.Architecture, game)])));
                byTime[(architecture.Architecture, game)] = Train(settings, architecture, game, affordable, "time", progress, stop);
            }
        }

        return Report(settings, frames, byFrames, byTime);
    }

    private static double Pace(TrainedRun[] runs) => runs.Average(run => run.FramesPerSecond);

    private static TrainedRun[] Train(
        ReproductionSettings settings, RunOptions architecture, string game, long frames, string kind, Action<string> progress, CancellationToken stop) =>
    [
        .. Enumerable.Range(1, settings.Seeds).Select(seed =>
        {
            string folder = Path.Combine(settings.Folder, "runs", kind, string.Create(CultureInfo.InvariantCulture, $"{architecture.Architecture}-{game}-{seed}"));
            progress(string.Create(CultureInfo.InvariantCulture, $"{architecture.Architecture} on {game}, seed {seed}, {frames:N0} frames"));
            return TrainedRun.TrainOrLoad(
                architecture with { Environment = $"minatar/{game}", Frames = frames, Seed = (ulong)seed, ReportEvery = 0.25, Run = folder }, stop);
        }),
    ];

    private static ReproductionReport Report(
        ReproductionSettings settings,
        long frames,
        Dictionary<(string Architecture, string Game), TrainedRun[]> byFrames,
        Dictionary<(string Architecture, string Game), TrainedRun[]> byTime)
    {
        string[] games = [.. byFrames.Keys.Select(key => key.Game).Distinct()];
        return new ReproductionReport(
            "Architectures side by side",
            [
                $"Each architecture plays {Simulators} simulators in all on the same network with its defaults, on {Environment.ProcessorCount} processors, seeds 1 to "
                    + $"{settings.Seeds}. Returns are means of the last 100 training episodes, lowest to highest seed in brackets. At equal frames each run "
                    + string.Create(CultureInfo.InvariantCulture, $"has {frames:N0} frames; at equal time each has as many as it makes ")
                    + (settings.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"in {seconds:0.#} seconds.") : "while the slowest makes those."),
                Judgement.Rule,
            ],
            [.. Verdicts(games, byFrames, byTime)],
            [
                new Table("Every figure", ["architecture", "game", "budget", "seed", "frames", "seconds", "frames/s", "return", "policy lag"],
                    [.. Rows(byFrames, "frames"), .. Rows(byTime, "time")]),
                Returns("Return at equal frames", games, byFrames),
                Returns("Return at equal time", games, byTime),
                Speeds(games, byFrames),
            ],
            [
                ("return-by-frames", Chart("Return by frames", "frames", "frames", games, byFrames)),
                ("return-by-seconds", Chart("Return by time", "elapsedSeconds", "seconds", games, byTime)),
            ]);
    }

    private static IEnumerable<Verdict> Verdicts(
        string[] games,
        Dictionary<(string Architecture, string Game), TrainedRun[]> byFrames,
        Dictionary<(string Architecture, string Game), TrainedRun[]> byTime)
    {
        yield return Compare("GALA's return is A2C's or better at equal frames (Assran et al. 2019)", "gala", "a2c", games, byFrames);
        yield return Compare("GALA's return is A2C's or better at equal time (Assran et al. 2019)", "gala", "a2c", games, byTime);
        yield return Compare("GALA's return is A3C's or better at equal frames (Assran et al. 2019)", "gala", "a3c", games, byFrames);
        yield return Compare("GALA's return is IMPALA's or better at equal frames (Assran et al. 2019)", "gala", "impala", games, byFrames);
        yield return Compare("HTS-RL's return is IMPALA's or better at equal time (Liu et al. 2020)", "hts", "impala", games, byTime);
    }

    /// <summary>Holds where a challenger's return is as good as the other's or better over all games.</summary>
    private static Verdict Compare(
        string claim, string challenger, string other, string[] games, Dictionary<(string Architecture, string Game), TrainedRun[]> runs)
    {
        (Scores first, Scores second) = (Of(challenger), Of(other));
        return new Verdict(
            claim,
            Judgement.IsNoWorse(StratifiedBootstrap.OfDifference(first, second, Aggregate.InterquartileMean)),
            Normalized.Compare(first, second));

        Scores Of(string architecture) => Normalized.Of(games, game => runs[(architecture, game)].Select(run => run.FinalReturn));
    }

    private static SeedRange Final(TrainedRun[] runs) => SeedRange.Of(runs.Select(run => run.FinalReturn));

    private static Table Returns(string title, string[] games, Dictionary<(string Architecture, string Game), TrainedRun[]> runs) => new(
        title,
        ["architecture", .. games],
        [.. Architectures.Select(architecture => (IReadOnlyList<string>)
            [architecture.Architecture, .. games.Select(game => Final(runs[(architecture.Architecture, game)]).ToString())])]);

    private static Table Speeds(string[] games, Dictionary<(string Architecture, string Game), TrainedRun[]> runs) => new(
        "Frames a second, and policy lag in updates",
        ["architecture", .. games, "policy lag"],
        [.. Architectures.Select(architecture => (IReadOnlyList<string>)
        [
            architecture.Architecture,
            .. games.Select(game => Pace(runs[(architecture.Architecture, game)]).ToString("N0", CultureInfo.InvariantCulture)),
            Lag(games.SelectMany(game => runs[(architecture.Architecture, game)])),
        ])]);

    private static string Lag(IEnumerable<TrainedRun> runs) =>
        runs.Average(run => run.Find("policyLag")) is { } lag ? lag.ToString("0.##", CultureInfo.InvariantCulture) : "0";

    private static IEnumerable<IReadOnlyList<string>> Rows(Dictionary<(string Architecture, string Game), TrainedRun[]> runs, string budget) =>
        from entry in runs
        from run in entry.Value.Index()
        select (IReadOnlyList<string>)
        [
            entry.Key.Architecture, entry.Key.Game, budget, Text(run.Index + 1), Text(run.Item.Find("frames")), Text(run.Item.Find("wallSeconds")),
            Text(run.Item.FramesPerSecond), Text(run.Item.FinalReturn), Text(run.Item.Find("policyLag") ?? 0),
        ];

    private static string Text(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    private static ChartSheet Chart(
        string title, string key, string axis, string[] games, Dictionary<(string Architecture, string Game), TrainedRun[]> runs) => new(
        title,
        [.. games.Select(game => new Panel(game, axis, "return", [.. Architectures.Select(architecture =>
            Series.MeanOf(architecture.Architecture, runs[(architecture.Architecture, game)].Select(run => run.Curve(key, "meanReturn100"))))]))]);
}
