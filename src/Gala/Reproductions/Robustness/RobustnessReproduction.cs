namespace Gala.Reproductions;

/// <summary>More and more simulators at many learning rates: one A2C learner with all of them beside GALA agents of 16 each, at equal frames.</summary>
internal sealed class RobustnessReproduction : IReproduction
{
    private const long FullFrames = 2_000_000; // 390 updates with the most simulators
    private const long QuickFrames = 60_000;

    private static readonly string[] Games = ["breakout", "asterix"];
    private static readonly int[] Simulators = [RobustnessMethod.Fewest, 64, 256, 1_024];
    private static readonly double[] Times = [0.25, 0.5, 1, 2, 4, 8];

    public string Name => "robustness";

    public string Claim => "With more simulators fewer runs of A2C converge, of GALA as many (Assran et al. 2019, figure 1)";

    public (int Full, int Quick) DefaultSeeds => (5, 1);

    public ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        RobustnessGrid grid = new(
            MinAtarGames.Choose(settings.Games, Games),
            settings.Quick ? [Simulators[0], Simulators[2]] : Simulators,
            settings.Quick ? [0.5, 1, 2] : Times,
            settings.Seeds,
            settings.Frames ?? (settings.Quick ? QuickFrames : FullFrames));
        return new RobustnessReport(settings, grid, grid.Train(Path.Combine(settings.Folder, "runs"), progress, stop)).Make();
    }
}
