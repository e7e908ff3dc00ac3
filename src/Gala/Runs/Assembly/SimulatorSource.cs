using System.Runtime.ExceptionServices;
using Gala.Environments;

namespace Gala.Runs;

/// <summary>Makes the simulators of one session of a run.</summary>
/// <remarks>The environment that was made to know what the run plays becomes the first simulator. Until the session has taken them over, what was
/// made is disposed with this object. For one thread.</remarks>
internal sealed class SimulatorSource : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20); // how soon a stop is noticed

    private readonly List<SimulatorBatch> _made = [];
    private readonly HashSet<int> _triedOut = []; // places in the list of environments
    private EpisodeOrder? _order;
    private EnvironmentSet? _environments;
    private string? _references; // that the set is of

    /// <summary>Hears of environments that throw when they are disposed, on any thread; null: whoever disposes them hears of the first.</summary>
    public Action<EnvironmentException>? NotDisposed { get; set; }

    /// <summary>Asks for an early end, also of a first reset that hangs.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Frames that the whole run, in all its processes, had done before this session.</summary>
    public long FramesBefore { get; set; }

    /// <summary>What the environments of a list take and give.</summary>
    /// <param name="references">As for <see cref="EnvironmentSet"/>.</param>
    /// <exception cref="ArgumentException">The registry cannot make one of them, or they have no format in common.</exception>
    /// <exception cref="EnvironmentException">One cannot be made or breaks a promise.</exception>
    public EnvironmentSpec SpecOf(string references) => Environments(references).Spec;

    /// <summary>Makes the simulators of one worker.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="first">Global index of the first simulator.</param>
    /// <param name="count">Number of simulators.</param>
    /// <exception cref="EnvironmentException">An environment cannot be made, breaks a promise or does not come back from its saved state.</exception>
    public SimulatorBatch Create(RunOptions options, int first, int count)
    {
        EnvironmentSet environments = Environments(options.Environment);
        SimulatorBatch batch = new(environments.CreateMany(first, count), options.Seed, first, environments.Count)
        {
            FramesBefore = FramesBefore,
            Order = _order ??= OrderOf(options, environments.Spec),
            NotDisposed = NotDisposed,
        };
        _made.Add(batch);
        if (options.Architecture != "impala") // which saves no simulators
        {
            TryOut(batch, first, environments.Count, TimeSpan.FromSeconds(options.PeerTimeout));
        }

        return batch;
    }

    /// <summary>Leaves what was made to those who play it, who dispose it.</summary>
    public void HandOver() => _made.Clear();

    /// <inheritdoc />
    /// <remarks>Batches are left only where something went wrong, which is what is to be heard of: what their environments throw is not.</remarks>
    public void Dispose()
    {
        _environments?.Dispose();
        foreach (SimulatorBatch batch in _made)
        {
            try
            {
                batch.Dispose();
            }
            catch (EnvironmentException)
            {
                // see above
            }
        }

        _made.Clear();
    }

    /// <summary>Tries out the first simulator of each environment before it plays, so that a state which does not come back is found out now.</summary>
    private void TryOut(SimulatorBatch batch, int first, int environments, TimeSpan timeOut)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (_triedOut.Add((first + i) % environments))
            {
                TryOut(batch, i, timeOut);
            }
        }
    }

    /// <summary>On a thread of its own: a first reset may take as long as it needs, but a stop is heard meanwhile.</summary>
    private void TryOut(SimulatorBatch batch, int index, TimeSpan timeOut)
    {
        ExceptionDispatchInfo? failure = null;
        Thread trial = new(() =>
        {
            try
            {
                batch.TryOutState(index);
            }
#pragma warning disable CA1031 // it is thrown on the thread that waits
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { Name = "trial", IsBackground = true };
        trial.Start();
        while (!trial.Join(Poll))
        {
            if (Stop.IsCancellationRequested && !trial.Join(timeOut))
            {
                _made.Remove(batch); // which that thread may still touch
                throw new EnvironmentException(
                    $"Environment '{batch.Spec.Id}' had not come back from its first reset when the run was to stop, nor within PeerTimeout after that; nothing was trained");
            }
        }

        failure?.Throw();
    }

    /// <summary>By step where simulators keep step, so that equal runs report the same; else by their ends, so that no agent's are left out for being
    /// slower.</summary>
    private static EpisodeOrder OrderOf(RunOptions options, EnvironmentSpec environment)
    {
        bool keepStep = options.Architecture is "a2c" or "hts" || options.Agents == 1 || options is { Architecture: "gala", Deterministic: true };
        return keepStep
            ? EpisodeOrder.ByStep((long)environment.FrameSkip * options.Simulators * options.Agents!.Value * options.Processes)
            : EpisodeOrder.ByEnd();
    }

    private EnvironmentSet Environments(string references)
    {
        if (_references != references)
        {
            _environments?.Dispose();
            (_environments, _references) = (null, null);
            _environments = new EnvironmentSet(references);
            _references = references;
        }

        return _environments!;
    }
}
