namespace Gala.Runs;

/// <summary>What IMPALA's options are when left open.</summary>
internal static class ImpalaDefaults
{
    /// <summary>Of a batch, and of the queue.</summary>
    public const int MostTrajectories = 65_536;

    /// <summary>Decides its options; those of another architecture stay as they are.</summary>
    /// <param name="options">Of any architecture.</param>
    /// <param name="actors">K, of each process.</param>
    public static RunOptions Fill(RunOptions options, int actors)
    {
        if (options.Architecture != "impala")
        {
            return options;
        }

        double rhoBar = options.RhoBar ?? 1;
        int batch = options.Batch ?? actors * options.Processes;
        return options with
        {
            Batch = batch,
            Queue = options.Queue ?? (int)Math.Min(MostTrajectories, (long)batch + actors + Elsewhere(options, actors)),
            RhoBar = rhoBar,
            CBar = options.CBar ?? Math.Min(1, rhoBar),
            VTraceLambda = options.VTraceLambda ?? 1,
        };
    }

    /// <summary>Trajectories of the queue that the learner's process does not have to itself: one for each actor of another process, and one for each
    /// other process, on its way.</summary>
    public static int Elsewhere(RunOptions options, int actors) => (options.Processes - 1) * (actors + 1);
}
