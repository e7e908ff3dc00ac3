namespace Gala.Runs;

/// <summary>Every setting of a run. What is null is decided by the run's defaults before the run starts.</summary>
/// <remarks>Each property is an option of the command line and a key of the YAML file: <c>LearningRate</c> is <c>--learning-rate</c>
/// and <c>learningRate</c>.</remarks>
public sealed record RunOptions
{
    /// <summary>How agents act, learn and agree: <c>gala</c>, <c>a2c</c>, <c>a3c</c>, <c>impala</c> or <c>hts</c>.</summary>
    public string Architecture { get; init; } = "gala";

    /// <summary>Registered environment with its options, such as <c>minatar/breakout:sticky=0.1</c>.</summary>
    public string Environment { get; init; } = "minatar/breakout";

    /// <summary>Number of actor-learners of each process, of impala actors; null: 1 for a2c and hts, 4 for the others.</summary>
    public int? Agents { get; init; }

    /// <summary>Simulators of each agent.</summary>
    public int Simulators { get; init; } = 16;

    /// <summary>Threads that share out the computing of each agent; 1: the agent's own alone. Results are the same to the bit.</summary>
    public int ComputeThreads { get; init; } = 1;

    /// <summary>Turns of agents that each process makes at the same time; null: as many as the processors that are left for it. Not of hts.</summary>
    public int? Runners { get; init; }

    /// <summary>Environment steps of each simulator between updates (T).</summary>
    public int? Rollout { get; init; }

    /// <summary>Simulator frames of all agents together.</summary>
    public long Frames { get; init; } = 3_000_000;

    /// <summary>Every random stream of the run derives from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Network preset; null: the one that suits the observation.</summary>
    public string? Network { get; init; }

    /// <summary><c>rmsprop</c> or <c>adam</c>.</summary>
    public string? Optimizer { get; init; }

    /// <summary>η; null: the preset's rate, scaled with the square root of the number of simulators.</summary>
    public double? LearningRate { get; init; }

    /// <summary><c>constant</c> or <c>linear</c> (to 0 at the last frame).</summary>
    public string? LearningRateSchedule { get; init; }

    /// <summary>Decay of RMSProp's mean square.</summary>
    public double RmsPropDecay { get; init; } = 0.99;

    /// <summary>ε of the optimiser.</summary>
    public double? OptimizerEpsilon { get; init; }

    /// <summary>Where RMSProp's ε stands: <c>outside</c> or <c>inside</c> the root; null: inside for a3c, outside for all others.</summary>
    public string? EpsilonPlace { get; init; }

    /// <summary>Discount γ.</summary>
    public double Gamma { get; init; } = 0.99;

    /// <summary>λ of generalised advantage estimation; 1 gives n-step returns.</summary>
    public double? GaeLambda { get; init; }

    /// <summary>Weight of the entropy bonus.</summary>
    public double? Entropy { get; init; }

    /// <summary>Weight of the value loss.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>Largest global norm of a gradient; 0 leaves gradients as they are.</summary>
    public double MaxGradientNorm { get; init; } = 0.5;

    /// <summary>Who sends to whom: what <see cref="RunTopology.Create(string, int)"/> takes.</summary>
    public string Topology { get; init; } = "ring";

    /// <summary>How many exchanges an in-peer may be behind before an agent waits for it; null: 16 for gala, unless in lock-step or where agents
    /// decide by themselves when to gossip.</summary>
    public int? MaxStaleness { get; init; }

    /// <summary>How messages get to other agents: <c>memory</c>, of one process, or <c>mpi</c>, between processes as well.</summary>
    public string Transport { get; init; } = "memory";

    /// <summary>Seconds for which an agent, an actor or a process may give no sign of life before it counts as failed: as long as it is silent,
    /// nobody waits for it. A simulator's step, and a reset after the first, must not take longer.</summary>
    public double PeerTimeout { get; init; } = 30;

    /// <summary>Processes that train together, each with as many <see cref="Agents"/>.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Those of them that have agents which learn; they share out <see cref="Frames"/> evenly.</summary>
    internal int LearningProcesses => Architecture == "impala" ? 1 : Processes;

    /// <summary>Lock-step gossip: same seed, same parameters, however the threads are scheduled.</summary>
    public bool Deterministic { get; init; }

    /// <summary>After which updates agents gossip, one of <see cref="Gala.Gossip.GossipRules.Forms"/>.</summary>
    public string Gossip { get; init; } = "every";

    /// <summary>Frames of all agents together that go in lock-step before agents gossip asynchronously.</summary>
    public long LockStepFrames { get; init; }

    /// <summary>Whether the mean squares of RMSProp are mixed with the parameters.</summary>
    public bool GossipStatistics { get; init; }

    /// <summary>Whether gradients and the mean squares of RMSProp are mixed with the parameters, before a step by the mean gradient; null: by network and optimiser.</summary>
    public bool? GossipGradients { get; init; }

    /// <summary>How parameters travel: <c>float32</c> or <c>bfloat16</c>.</summary>
    public string MessageFormat { get; init; } = "float32";

    /// <summary>HTS-RL: steps of each simulator between two swaps of the storages (α), the same as <see cref="Rollout"/>; null for others.</summary>
    public int? SyncInterval { get; init; }

    /// <summary>HTS-RL: threads that compute actions (M); null for others.</summary>
    public int? Actors { get; init; }

    /// <summary>HTS-RL: threads that step simulators (E); null for others.</summary>
    public int? Executors { get; init; }

    /// <summary>IMPALA: trajectories of one update (B); null: one an actor.</summary>
    public int? Batch { get; init; }

    /// <summary>IMPALA: trajectories that go around between actors and learner; null: a batch and one more for each actor and each further process.</summary>
    public int? Queue { get; init; }

    /// <summary>IMPALA: ρ̄ of V-trace; null: 1.</summary>
    public double? RhoBar { get; init; }

    /// <summary>IMPALA: c̄ of V-trace; null: 1, or ρ̄ if that is less.</summary>
    public double? CBar { get; init; }

    /// <summary>IMPALA: λ of V-trace; null: 1.</summary>
    public double? VTraceLambda { get; init; }

    /// <summary>Frames between checkpoints; null: a tenth of the run.</summary>
    public long? CheckpointEvery { get; init; }

    /// <summary>How many of the newest checkpoints are kept.</summary>
    public int KeepCheckpoints { get; init; } = 3;

    /// <summary>Seconds between reports.</summary>
    public double ReportEvery { get; init; } = 1;

    /// <summary>Whether the run keeps a record of what chance decides in it, by which it can be repeated to the bit.</summary>
    public bool Record { get; init; }

    /// <summary>Folder of the run; null: a new one under <c>runs/</c>.</summary>
    public string? Run { get; init; }
}
