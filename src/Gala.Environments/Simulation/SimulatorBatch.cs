using Gala.Numerics;

namespace Gala.Environments;

/// <summary>N environments of one format that step together for one agent. An episode that ends is followed at once by the next.</summary>
/// <remarks>For one thread at a time; only <see cref="Episodes"/> may be read from others. Stepping allocates nothing.</remarks>
public sealed partial class SimulatorBatch
{
    private const ulong SeedStream = 0x53494D5345454453; // any constant: sets the seeds apart from other uses of the run's key
    private const ulong SessionStream = 0x5E55_104E_0000_0000; // likewise

    private readonly IEnvironment[] _environments;
    private readonly EnvironmentSpec[] _specs; // of the environments
    private readonly ulong _seed;
    private readonly int _firstSimulator;
    private readonly int _observationLength;
    private readonly float[] _finalObservations;
    private readonly double[] _returns; // of the episodes under way
    private readonly int[] _lengths;
    private readonly EpisodeLog[] _episodesByKind;
    private bool _started;
    private long _framesBefore;
    private bool _hasBegun; // whether a step was asked for; written by the thread that steps, read by any
    private long _played; // likewise
    private bool _abandoned; // written by any thread, read by the one that steps

    /// <summary>Takes over environments of one format, which are disposed with the batch.</summary>
    /// <param name="environments">One or more, all with the same observation shape, number of actions and frame skip.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="firstSimulator">Global index of the first of them: agent r of a run with N each starts at r · N.</param>
    /// <param name="kinds">Number of different environments in the run: simulator i plays number i mod <paramref name="kinds"/>.</param>
    /// <exception cref="ArgumentException">There is none, or they differ in shape, actions or frame skip.</exception>
    public SimulatorBatch(IEnumerable<IEnvironment> environments, ulong seed, int firstSimulator = 0, int kinds = 1)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentOutOfRangeException.ThrowIfNegative(firstSimulator);
        ArgumentOutOfRangeException.ThrowIfLessThan(kinds, 1);
        _environments = [.. environments];
        if (_environments.Length == 0)
        {
            throw new ArgumentException("A batch needs at least one environment.", nameof(environments));
        }

        Spec = _environments[0].Spec;
        foreach (IEnvironment environment in _environments)
        {
            if (environment.Spec.Observation != Spec.Observation
                || environment.Spec.Actions != Spec.Actions
                || environment.Spec.FrameSkip != Spec.FrameSkip)
            {
                throw new ArgumentException(
                    $"All environments of a batch must be of one format: {Spec.Id} and {environment.Spec.Id} differ.", nameof(environments));
            }
        }

        Blocks = Array.Exists(_environments, environment => environment.Blocks);
        _specs = Array.ConvertAll(_environments, environment => environment.Spec);
        (_seed, _firstSimulator, _observationLength) = (seed, firstSimulator, Spec.Observation.Length);
        _finalObservations = new float[Count * _observationLength];
        _returns = new double[Count];
        _lengths = new int[Count];
        _episodesByKind = kinds == 1 ? [Episodes] : [.. Enumerable.Range(0, kinds).Select(_ => new EpisodeLog())];
    }

    /// <summary>What each environment takes and gives.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Whether a step may wait for something, since one of the environments does.</summary>
    public bool Blocks { get; }

    /// <summary>Number of environments, N.</summary>
    public int Count => _environments.Length;

    /// <summary>Frames that the whole run had done before the session in which these simulators start from their seeds; 0 in a new run. Saved with the
    /// state, so that simulators which go on keep theirs.</summary>
    public long FramesBefore
    {
        get => _framesBefore;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _framesBefore = value;
        }
    }

    /// <summary>Numbers the finished episodes. Batches that are of one run share one; by step unless it is given.</summary>
    public EpisodeOrder Order { get; init; } = EpisodeOrder.ByStep(framesOfAStep: 1);

    /// <summary>Steps that each environment has played since the last <see cref="Reset"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>Environment steps of all environments since this object was made: grows for as long as none of them hangs. Any thread.</summary>
    public long Played => Volatile.Read(ref _played);

    /// <summary>Whether the first step since this object was made has begun: until then a slow first reset may be under way. Any thread.</summary>
    public bool HasBegun => Volatile.Read(ref _hasBegun);

    /// <summary>Where the simulators fail, as they did in a run that is repeated: instead of the step, or of the reset, that follows so many single steps
    /// (<see cref="Played"/>) and ended episodes. Null where they fail by themselves. Before the first step.</summary>
    public (long Played, long Episodes, string Reason)? FailsAt { get; set; }

    /// <summary>The finished episodes.</summary>
    public EpisodeLog Episodes { get; } = new();

    /// <summary>The finished episodes of each of the run's different environments; of one alone, <see cref="Episodes"/> itself.</summary>
    public IReadOnlyList<EpisodeLog> EpisodesByKind => _episodesByKind;

    /// <summary>Last observations of truncated episodes, shape [N, observation]: row n is valid if the last step truncated it.</summary>
    public ReadOnlySpan<float> FinalObservations => _finalObservations;

    /// <summary>Makes a batch of registered environments.</summary>
    /// <param name="reference">Id with options, or several separated by commas: simulator i plays number i mod their count.</param>
    /// <param name="count">N, at least 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="firstSimulator">Global index of the first environment.</param>
    /// <param name="registry">Null: <see cref="EnvironmentRegistry.Default"/>.</param>
    /// <exception cref="ArgumentException">The reference is none that the registry can make.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made or breaks a promise.</exception>
    public static SimulatorBatch Create(
        string reference, int count, ulong seed, int firstSimulator = 0, EnvironmentRegistry? registry = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using EnvironmentSet set = new(reference, registry);
        return new SimulatorBatch(set.CreateMany(firstSimulator, count), seed, firstSimulator, set.Count);
    }

    /// <summary>Seed of one session of a run: that of the run itself in a new run, and another one in each session that goes on from more frames, so that
    /// what starts anew there plays what was not played before.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="framesBefore">Frames that the whole run had done before the session.</param>
    public static ulong SessionSeed(ulong seed, long framesBefore)
    {
        (uint a, uint b, _, _) = Philox.Words(seed, (ulong)framesBefore, SessionStream);
        return framesBefore == 0 ? seed : ((ulong)a << 32) | b;
    }

    /// <summary>Seed of a simulator: a function of the run's seed and its global index only, not of how agents share simulators.</summary>
    public static ulong SimulatorSeed(ulong seed, int simulator)
    {
        (uint a, uint b, _, _) = Philox.Words(seed, (ulong)simulator, SeedStream);
        return ((ulong)a << 32) | b;
    }

    /// <summary>Starts all environments from their seeds and forgets all episodes.</summary>
    /// <param name="observations">Written: first observations, shape [N, observation].</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="EnvironmentException">The <see cref="IEnvironment.Spec"/> of an environment has become another one.</exception>
    public void Reset(Span<float> observations)
    {
        ThrowIfLengthDiffers(observations.Length, _finalObservations.Length, nameof(observations));
        ulong seed = SessionSeed(_seed, _framesBefore);
        for (int i = 0; i < Count; i++)
        {
            _environments[i].Reset(SimulatorSeed(seed, _firstSimulator + i), Row(observations, i));
            ThrowIfAbandoned();
            SpecCheck.RequireUnchanged(_specs[i], _environments[i]);
        }

        Array.Clear(_returns);
        Array.Clear(_lengths);
        Array.ForEach(Logs, log => log.Clear());
        Steps = 0;
        _started = true;
    }

    /// <summary>Plays one action in every environment; where an episode ends, the next one starts.</summary>
    /// <param name="actions">Shape [N].</param>
    /// <param name="observations">Written, shape [N, observation]: after the action, or the first one of the next episode.</param>
    /// <param name="rewards">Written, shape [N].</param>
    /// <param name="terminated">Written, shape [N]: the episode ended by its own rules.</param>
    /// <param name="truncated">Written, shape [N]: it was cut off, and <see cref="FinalObservations"/> has its last observation.</param>
    /// <exception cref="ArgumentException">A span has another length, or an action is out of range.</exception>
    /// <exception cref="InvalidOperationException">Called before <see cref="Reset"/>.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Abandon"/> was called.</exception>
    public void Step(
        ReadOnlySpan<int> actions, Span<float> observations, Span<float> rewards, Span<bool> terminated, Span<bool> truncated)
    {
        ThrowIfLengthDiffers(actions.Length, Count, nameof(actions));
        ThrowIfLengthDiffers(observations.Length, _finalObservations.Length, nameof(observations));
        ThrowIfLengthDiffers(rewards.Length, Count, nameof(rewards));
        ThrowIfLengthDiffers(terminated.Length, Count, nameof(terminated));
        ThrowIfLengthDiffers(truncated.Length, Count, nameof(truncated));
        if (!_started)
        {
            throw new InvalidOperationException("The batch has no episodes yet: call Reset first.");
        }

        Steps++;
        Volatile.Write(ref _hasBegun, true);
        for (int i = 0; i < actions.Length; i++)
        {
            Span<float> row = Row(observations, i);
            FailIfDue();
            StepResult result = _environments[i].Step(actions[i], row);
            ThrowIfAbandoned();
            rewards[i] = result.Reward;
            terminated[i] = result.Terminated;
            truncated[i] = result.Truncated && !result.Terminated; // what follows a terminated state is worth 0, whatever cut it off
            _returns[i] += result.Reward;
            _lengths[i]++;
            if (result.IsOver)
            {
                StartNext(i, row, truncated[i]);
            }

            Volatile.Write(ref _played, _played + 1);
        }
    }

    /// <summary>Gives the batch up while one of its environments hangs: should that call ever come back, the batch throws. Any thread.</summary>
    public void Abandon() => Volatile.Write(ref _abandoned, true);

    private void StartNext(int index, Span<float> row, bool keepLast)
    {
        if (keepLast)
        {
            row.CopyTo(Row(_finalObservations, index));
        }

        Episode episode = new(Steps, _firstSimulator + index, _returns[index], _lengths[index]) { Order = Order.Next(_framesBefore, Steps) };
        Episodes.Add(episode);
        if (_episodesByKind.Length > 1)
        {
            _episodesByKind[episode.Simulator % _episodesByKind.Length].Add(episode);
        }

        _returns[index] = 0;
        _lengths[index] = 0;
        FailIfDue();
        _environments[index].Reset(row);
        ThrowIfAbandoned();
    }

    private void FailIfDue()
    {
        if (FailsAt is { } failure && failure.Played == _played && failure.Episodes == Episodes.Total)
        {
            throw new EnvironmentException(failure.Reason);
        }
    }

    private void ThrowIfAbandoned()
    {
        if (Volatile.Read(ref _abandoned))
        {
            throw new OperationCanceledException($"A call of {Spec.Id} came back after the run had ended without it.");
        }
    }

    private Span<float> Row(Span<float> rows, int index) => rows.Slice(index * _observationLength, _observationLength);

    private static void ThrowIfLengthDiffers(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has {actual} elements, expected {expected}.", name);
        }
    }
}
