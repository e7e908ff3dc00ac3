using System.Globalization;
using Gala.Environments;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>Decides what options leave open, and refuses what cannot be run.</summary>
public static class RunDefaults
{
    private const int CheckpointsOfARun = 10;

    // With more agents than cores the system runs some of them for milliseconds at a time. Without a bound their messages were up to a thousand
    // updates old and they learned worse; with this one they hardly ever wait (docs/results/architectures.md).
    private const int MaxStaleness = 16;
    private const int MostAgents = 1 << 14; // of all processes that gossip: a complete graph of more would not fit into memory
    private const int MostRows = 1 << 24; // of observations and activations in one network

    /// <summary>The options with nothing left open.</summary>
    /// <param name="options">Null values are decided here; those of options that the run does not use, and of
    /// <see cref="RunOptions.Run"/> (a new folder), stay.</param>
    /// <param name="environments">Gives the spec of an environment with its options, or throws an <see cref="ArgumentException"/>
    /// with a message of one line.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run; all problems together.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made, as <paramref name="environments"/> says.</exception>
    public static RunOptions Resolve(RunOptions options, Func<string, EnvironmentSpec> environments)
    {
        (RunOptions resolved, IReadOnlyList<OptionProblem> problems) = TryResolve(options, environments, new HashSet<string>());
        return problems.Count == 0 ? resolved : throw new InvalidOptionsException(problems);
    }

    /// <param name="options">As for <see cref="Resolve"/>.</param>
    /// <param name="environments">As for <see cref="Resolve"/>.</param>
    /// <param name="reported">Names of options that are known to be bad, so that what follows from them is not reported too.</param>
    internal static (RunOptions Resolved, IReadOnlyList<OptionProblem> Problems) TryResolve(
        RunOptions options, Func<string, EnvironmentSpec> environments, IReadOnlySet<string> reported)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environments);
        List<OptionProblem> problems = [.. RunOptionsValidator.Check(options).Where(problem => !reported.Contains(problem.Option))];
        HashSet<string> bad = [.. reported, .. problems.Select(problem => problem.Option)];
        EnvironmentSpec? environment = IsGood(bad, nameof(RunOptions.Environment)) ? Find(options.Environment, environments, problems) : null;
        if (environment is null || !IsGood(bad, nameof(RunOptions.Network)))
        {
            return (options, problems);
        }

        RunOptions given = options;
        options = HtsDefaults.Fill(Fill(given, environment));
        problems.AddRange(bad.Count > 0 ? [] : // they would only follow from what is bad
            from entry in OptionCatalog.All
            where entry.IsDecidedByDefaults && entry.IsLeftOpen(given) && !bad.Contains(entry.Name) && entry.Problem(options) is not null
            select new OptionProblem(entry.Name, $"{entry.Problem(options)}, which it would be by default here: give it"));
        if (IsGood(bad, nameof(RunOptions.Simulators), nameof(RunOptions.Agents), nameof(RunOptions.Rollout), nameof(RunOptions.Architecture)))
        {
            problems.AddRange(SizeProblems(options, environment, framesAreGood: IsGood(bad, nameof(RunOptions.Frames))));
        }

        if (RunTopology.IsUsedBy(options) && IsGood(bad, nameof(RunOptions.Agents), nameof(RunOptions.Topology))
            && TopologyProblem(options) is { } problem)
        {
            problems.Add(problem);
        }

        return (options, problems);
    }

    /// <summary>Environment steps that one update of one agent learns from.</summary>
    /// <param name="options">Complete.</param>
    internal static long StepsOfAnUpdate(RunOptions options) => (long)(options.Batch ?? 1) * options.Simulators * options.Rollout!.Value;

    /// <summary>Environment steps of the shortest run: one update of every agent.</summary>
    /// <param name="options">Complete.</param>
    internal static long StepsOfARound(RunOptions options) =>
        (long)(options.Batch ?? options.Agents!.Value * options.Processes) * options.Simulators * options.Rollout!.Value;

    /// <summary>Simulator frames of the shortest run; above what any run has where that would be more.</summary>
    internal static long FramesOfARound(RunOptions options, EnvironmentSpec environment) =>
        (long)Int128.Min((Int128)StepsOfARound(options) * environment.FrameSkip, 2 * OptionCatalog.MostFrames);

    /// <summary>Whether agents that gossip asynchronously do so at different updates, so that a silent one need not be late.</summary>
    internal static bool DecidesAlone(RunOptions options) =>
        GossipRules.TryCreate(options.Gossip, lastUpdate: 1, out IGossipRule? rule) && !rule.IsCommon;

    private static EnvironmentSpec? Find(string reference, Func<string, EnvironmentSpec> environments, List<OptionProblem> problems)
    {
        try
        {
            return environments(reference);
        }
        catch (ArgumentException exception)
        {
            problems.Add(RunOptionsValidator.Problem(nameof(RunOptions.Environment), OneLine.Message(exception)));
            return null;
        }
    }

    private static RunOptions Fill(RunOptions options, EnvironmentSpec environment)
    {
        string network = options.Network ?? NetworkPresets.For(environment.Observation);
        PresetDefaults preset = PresetDefaults.For(network);
        int agents = options.Agents ?? (options.Architecture is "a2c" or "hts" ? 1 : 4);
        string optimizer = options.Optimizer ?? preset.Optimizer;
        string place = options.EpsilonPlace ?? (options.Architecture == "a3c" ? "inside" : "outside");
        options = ImpalaDefaults.Fill(options, agents);
        return options with
        {
            Agents = agents,
            Network = network,
            Rollout = options.Rollout ?? options.SyncInterval ?? preset.Rollout,
            Optimizer = optimizer,
            EpsilonPlace = place,
            OptimizerEpsilon = options.OptimizerEpsilon ?? PresetDefaults.Epsilon(optimizer),
            LearningRate = options.LearningRate ?? preset.LearningRate(optimizer, SimulatorsOfAnUpdate(options, agents)),
            LearningRateSchedule = options.LearningRateSchedule ?? preset.Schedule,
            Entropy = options.Entropy ?? preset.Entropy,
            MaxStaleness = options.MaxStaleness ?? (options is { Architecture: "gala", Deterministic: false } && !DecidesAlone(options) ? MaxStaleness : null),
            GossipGradients = options.GossipGradients
                ?? (options.Architecture == "gala" ? preset.GossipGradients && optimizer == "rmsprop" && !options.GossipStatistics : null),
            GaeLambda = options.GaeLambda ?? (options.Architecture == "impala" ? null : preset.GaeLambda),
            CheckpointEvery = options.CheckpointEvery ?? Math.Max(1, options.Frames / CheckpointsOfARun),
        };
    }

    /// <summary>GALA counts its agents as one learner, since they agree; a worker of A3C updates by itself what all share.</summary>
    private static long SimulatorsOfAnUpdate(RunOptions options, int agents) =>
        options.Architecture == "a3c" ? options.Simulators : (long)(options.Batch ?? agents * options.Processes) * options.Simulators;

    private static IEnumerable<OptionProblem> SizeProblems(RunOptions options, EnvironmentSpec environment, bool framesAreGood)
    {
        if ((Int128)options.Agents!.Value * options.Processes * options.Simulators > int.MaxValue)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Simulators),
                $"all agents of all processes have more than {Text(int.MaxValue)} simulators: lower it, or --agents");
        }

        long rows = (long)(options.Batch ?? 1) * options.Simulators * (options.Rollout!.Value + 1);
        if (rows > MostRows || rows * environment.Observation.Length > int.MaxValue)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Simulators),
                $"{Text(options.Simulators)} simulators x {Text(options.Rollout.Value)} steps x {environment.Observation} "
                + $"observations are too many for one agent: lower --simulators{(options.Batch is null ? " or --rollout" : ", --rollout or --batch")}");
        }

        long least = (options.Batch ?? 0) + (long)ImpalaDefaults.Elsewhere(options, options.Agents!.Value);
        if (options is { Queue: { } queue, Batch: { } needed } && queue < least)
        {
            string elsewhere = options.Processes > 1 ? $" beside the {Text(ImpalaDefaults.Elsewhere(options, options.Agents.Value))} of other processes" : "";
            string longer = least <= ImpalaDefaults.MostTrajectories ? "raise it, or " : "";
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Queue),
                $"{Text(queue)} trajectories never make a batch of {Text(needed)}{elsewhere}: {longer}lower --batch");
        }

        string round = options.Batch is { } batch ? $"{batch} trajectories" : $"{options.Agents * options.Processes} agents";
        long framesPerRound = FramesOfARound(options, environment);
        if (framesPerRound > OptionCatalog.MostFrames)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Simulators),
                $"one update of every agent takes more than the {Text(OptionCatalog.MostFrames)} frames of the longest run: "
                + "lower it, or --agents or --rollout");
        }
        else if (framesAreGood && options.Frames < framesPerRound)
        {
            yield return RunOptionsValidator.Problem(nameof(RunOptions.Frames),
                $"{Text(options.Frames)} frames are less than one update of every agent: expected {Text(framesPerRound)} or more "
                + $"({round} x {options.Simulators} simulators x {options.Rollout} steps x frame skip {environment.FrameSkip})");
        }

        if (NetworkProblem(options.Network!, environment) is { } problem)
        {
            yield return problem;
        }
    }

    private static OptionProblem? TopologyProblem(RunOptions options)
    {
        long agents = (long)options.Agents!.Value * options.Processes;
        if (agents > MostAgents)
        {
            return RunOptionsValidator.Problem(nameof(RunOptions.Processes),
                $"{Text(agents)} agents in {Text(options.Processes)} processes are too many: expected {Text(MostAgents)} or fewer");
        }

        try
        {
            _ = RunTopology.Create(options.Topology, (int)agents, options.Processes);
            return null;
        }
        catch (ArgumentException exception)
        {
            return RunOptionsValidator.Problem(nameof(RunOptions.Topology), OneLine.Message(exception));
        }
    }

    private static OptionProblem? NetworkProblem(string network, EnvironmentSpec environment)
    {
        try
        {
            _ = NetworkPresets.Create(network, environment.Observation, environment.Actions);
            return null;
        }
        catch (ArgumentException exception)
        {
            return RunOptionsValidator.Problem(nameof(RunOptions.Network), $"{network} does not fit {environment.Id}: {OneLine.Message(exception)}");
        }
    }

    private static bool IsGood(HashSet<string> bad, params ReadOnlySpan<string> properties)
    {
        foreach (string property in properties)
        {
            if (bad.Contains(OptionCatalog.Of(property).Name))
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
