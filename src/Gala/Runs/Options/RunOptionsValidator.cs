using System.Globalization;

namespace Gala.Runs;

/// <summary>Finds everything that is wrong with options, as far as that can be said without the environment.</summary>
public static class RunOptionsValidator
{
    /// <summary>One problem a bad option, in the order of <see cref="OptionCatalog"/>, then what does not go together.</summary>
    public static IReadOnlyList<OptionProblem> Check(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<OptionProblem> problems = [];
        foreach (OptionEntry entry in OptionCatalog.All)
        {
            if (entry.Problem(options) is { } problem)
            {
                problems.Add(new OptionProblem(entry.Name, problem));
            }
        }

        problems.AddRange(Unused(options));
        problems.AddRange(Combinations(options));
        return problems;
    }

    /// <summary>One problem for each option that the run's defaults would have decided.</summary>
    internal static IEnumerable<OptionProblem> LeftOpen(RunOptions options) =>
        from entry in OptionCatalog.All
        where entry.IsDecidedByDefaults && entry.IsUsedBy(options) && entry.IsLeftOpen(options)
        select new OptionProblem(entry.Name, "is left open; the configuration of a run has a value for it");

    private static IEnumerable<OptionProblem> Unused(RunOptions options) =>
        from entry in OptionCatalog.All
        where !entry.IsOf(options) && !entry.IsDefault(options)
        select new OptionProblem(
            entry.Name, $"has no effect with --architecture {options.Architecture}, only with {string.Join(", ", entry.Architectures!)}: leave it out");

    private static IEnumerable<OptionProblem> Combinations(RunOptions options)
    {
        if (options is { Architecture: "impala", Deterministic: true })
        {
            yield return Problem(nameof(RunOptions.Deterministic), "is not for impala, whose actors never wait for each other: leave it out");
        }

        if (options.CBar > (options.RhoBar ?? 1))
        {
            yield return Problem(nameof(RunOptions.CBar),
                string.Create(CultureInfo.InvariantCulture, $"is above --rho-bar, {options.RhoBar ?? 1}: V-trace needs it at most as large"));
        }

        if (options is { Deterministic: true, MaxStaleness: >= 0 })
        {
            yield return Problem(nameof(RunOptions.MaxStaleness),
                "has no effect with --deterministic, where agents go in lock-step: leave one of them out");
        }

        if (options is { Deterministic: true, LockStepFrames: > 0 })
        {
            yield return Problem(nameof(RunOptions.LockStepFrames),
                "has no effect with --deterministic, where agents go in lock-step to the end: leave one of them out");
        }

        if (options is { Deterministic: false, MaxStaleness: not null } && RunDefaults.DecidesAlone(options))
        {
            yield return Problem(nameof(RunOptions.MaxStaleness),
                $"is not for --gossip {options.Gossip}, where an agent may rightly send nothing for long: leave it out");
        }

        if (options is { GossipStatistics: true, Optimizer: "adam" })
        {
            yield return Problem(nameof(RunOptions.GossipStatistics), "mixes the statistics of rmsprop, not of adam: leave it out");
        }

        if (options is { GossipGradients: true, Optimizer: "adam" })
        {
            yield return Problem(nameof(RunOptions.GossipGradients), "mixes the statistics of rmsprop, not of adam: leave it out");
        }

        if (options is { GossipGradients: true, GossipStatistics: true })
        {
            yield return Problem(nameof(RunOptions.GossipStatistics), "is part of --gossip-gradients: leave it out");
        }

        if (options.Transport == "mpi" && options.Architecture is not ("gala" or "a2c" or "impala"))
        {
            yield return Problem(nameof(RunOptions.Transport), $"mpi is for gala, a2c and impala, not for {options.Architecture}: leave it out");
        }

        if (options is { Transport: "mpi", Architecture: "gala", Deterministic: true })
        {
            yield return Problem(nameof(RunOptions.Deterministic), "lock-step gossip stays within one process: leave it out, or --transport mpi");
        }

        if (options is { Transport: "mpi", LockStepFrames: > 0 })
        {
            yield return Problem(nameof(RunOptions.LockStepFrames), "lock-step gossip stays within one process: leave it out, or --transport mpi");
        }

        if (options is { Transport: not "mpi", Processes: > 1 })
        {
            yield return Problem(nameof(RunOptions.Processes), "needs --transport mpi, started by mpirun or srun");
        }

        if (options is { Architecture: "a3c", Optimizer: "adam" })
        {
            yield return Problem(nameof(RunOptions.Optimizer), "a3c shares the statistics of rmsprop: expected rmsprop, not adam");
        }

        if (options is { Architecture: "a3c", Deterministic: true })
        {
            yield return Problem(nameof(RunOptions.Deterministic), "a3c updates without locks and cannot repeat a run to the bit: leave it out");
        }

        foreach (OptionProblem problem in HtsDefaults.Check(options))
        {
            yield return problem;
        }
    }

    internal static OptionProblem Problem(string property, string message) => new(OptionCatalog.Of(property).Name, message);
}
