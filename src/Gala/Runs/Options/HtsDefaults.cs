namespace Gala.Runs;

/// <summary>What HTS-RL's options are when left open, and what they do not go together with.</summary>
internal static class HtsDefaults
{
    /// <summary>Of actors, and of executors.</summary>
    public const int MostThreads = 1_024;

    /// <summary>Decides its options; those of another architecture stay as they are.</summary>
    public static RunOptions Fill(RunOptions options) => options.Architecture != "hts" ? options : options with
    {
        SyncInterval = options.Rollout,
        Actors = options.Actors ?? 1,
        Executors = options.Executors ?? Math.Min(options.Simulators, Math.Min(MostThreads, Environment.ProcessorCount)),
    };

    /// <summary>What of it does not go together.</summary>
    public static IEnumerable<OptionProblem> Check(RunOptions options)
    {
        if (options.Architecture != "hts")
        {
            yield break;
        }

        if (options.Agents is > 1)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Agents), "must be 1 with --architecture hts, which has one learner");
        }

        if (options.Rollout is { } rollout && options.SyncInterval is { } interval && rollout != interval)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.SyncInterval),
                "is the same as --rollout with --architecture hts, which makes one update an interval: leave one of them out");
        }

        if (options.Executors > options.Simulators)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Executors),
                $"must be {options.Simulators} or less, since each of them needs a simulator: lower it or raise --simulators");
        }
    }
}
