namespace Gala.Experiments;

/// <summary>The runs of a sweep with what came of them.</summary>
/// <param name="Plan">What was to be trained.</param>
/// <param name="Runs">Every run of the plan.</param>
internal sealed record SweepData(SweepPlan Plan, IReadOnlyList<(SweepRun Run, RunResult Result)> Runs)
{
    /// <summary>Finished runs of a variant on an environment.</summary>
    public IEnumerable<TrainedRun> Finished(SweepVariant variant, string environment) =>
        Runs.Where(one => one.Run.Variant == variant && one.Run.Environment == environment).Select(one => one.Result.Run).OfType<TrainedRun>();

    /// <summary>Their returns, without those of runs in which no episode ended.</summary>
    public IEnumerable<double> Returns(SweepVariant variant, string environment) =>
        Finished(variant, environment).Select(run => run.FinalReturn).Where(double.IsFinite);

    /// <summary>Normalised returns of a variant.</summary>
    /// <param name="variant">One of the plan.</param>
    /// <param name="scales">Environments that count, with what their returns are measured by.</param>
    public Scores Normalized(SweepVariant variant, IReadOnlyDictionary<string, ReturnScale> scales) => new(
        Plan.Environments.Where(scales.ContainsKey).Select(environment => Returns(variant, environment).Select(scales[environment].Normalize)));
}
