namespace Gala.Runs;

/// <summary>What IMPALA's options are when left open.</summary>
internal static class ImpalaDefaults
{
    /// <summary>Decides its options; those of another architecture stay as they are.</summary>
    /// <param name="options">Of any architecture.</param>
    /// <param name="actors">K.</param>
    public static RunOptions Fill(RunOptions options, int actors)
    {
        if (options.Architecture != "impala")
        {
            return options;
        }

        double rhoBar = options.RhoBar ?? 1;
        int batch = options.Batch ?? actors;
        return options with
        {
            Batch = batch,
            Queue = options.Queue ?? batch + actors,
            RhoBar = rhoBar,
            CBar = options.CBar ?? Math.Min(1, rhoBar),
            VTraceLambda = options.VTraceLambda ?? 1,
        };
    }
}
