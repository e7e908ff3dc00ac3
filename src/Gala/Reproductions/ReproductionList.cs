namespace Gala.Reproductions;

/// <summary>Everything that <c>gala reproduce</c> knows.</summary>
public static class ReproductionList
{
    /// <summary>In order of name.</summary>
    public static IReadOnlyList<IReproduction> All { get; } =
        [new ArchitecturesReproduction(), new EpsilonBallReproduction(), new GossipRulesReproduction(), new GradientCorrelationReproduction(),
        new MultiTaskReproduction(), new RobustnessReproduction(), new SyncCostReproduction(), new UtilisationReproduction()];
}
