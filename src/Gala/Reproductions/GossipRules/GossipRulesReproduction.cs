using System.Globalization;
using Gala.Experiments;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>The rules for when agents gossip, beside gossip after every update: return, exchanges and speed.</summary>
internal sealed class GossipRulesReproduction : IReproduction
{
    private const long FullFrames = 3_000_000;
    private const long QuickFrames = 100_000;
    private static readonly string[] Games = ["breakout", "asterix"];

    public string Name => "gossip-rules";

    public string Claim => "Agents that gossip less often learn as well (Gu et al. 2024, Tyagi and Swany 2023, Li et al. 2021)";

    public (int Full, int Quick) DefaultSeeds => (5, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        long frames = settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames);
        IReadOnlyList<string> games = MinAtarGames.Choose(settings.Games, Games);
        GossipVariant[] variants =
        [
            GossipVariant.Every(frames), GossipVariant.EveryFourth(frames), GossipVariant.EverySixteenth(frames), GossipVariant.Qsr(frames),
            GossipVariant.Significant(frames), GossipVariant.SyncSwitch(frames), GossipVariant.Asynchronous(frames),
        ];
        Dictionary<(string Rule, string Game), TrainedRun[]> runs = [];
        foreach (string game in games)
        {
            foreach (GossipVariant variant in variants)
            {
                runs[(variant.Key, game)] = Train(settings, variant, game, progress, stop);
            }
        }

        return new GossipRulesReport(settings, frames, games, variants, runs).Make();
    }

    private static TrainedRun[] Train(ReproductionSettings settings, GossipVariant variant, string game, Action<string> progress, CancellationToken stop) =>
    [
        .. Enumerable.Range(1, settings.Seeds).Select(seed =>
        {
            progress($"{variant.Name}, {game}, seed {seed}");
            RunOptions options = variant.Options with
            {
                Environment = $"minatar/{game}",
                Seed = (ulong)seed,
                Run = Path.Combine(settings.Folder, "runs", variant.Key, game, seed.ToString(CultureInfo.InvariantCulture)),
            };
            return TrainedRun.TrainOrLoad(options, stop, resume: false); // exchanges are counted within a session
        }),
    ];
}
