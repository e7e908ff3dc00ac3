using Gala.Environments;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Keeps a run from being faster than the disk: its simulators wait until each checkpoint that is due is written. Otherwise some would be
/// left out.</summary>
/// <remarks>A checkpoint of every second update; its successor is not due before it is on disk.</remarks>
internal sealed class Paced : IDisposable
{
    /// <summary>Steps of each simulator between two updates.</summary>
    public const int Rollout = 5;

    private const int Interval = 2; // updates of an agent between its captures
    private static int _runs; // names of environments must differ

    private readonly string _checkpoints;
    private volatile bool _isOver;
    private int _earlier; // checkpoints of earlier sessions; written between two sessions

    /// <summary>Makes the environments of a run wait.</summary>
    /// <param name="options">Options with a rollout of <see cref="Rollout"/> and a run's folder.</param>
    public Paced(RunOptions options)
    {
        _checkpoints = Path.Combine(options.Run!, "checkpoints");
        List<string> references = [];
        foreach (EnvironmentReference reference in EnvironmentReference.ParseList(options.Environment))
        {
            references.Add($"tests/paced-{Interlocked.Increment(ref _runs)}");
            EnvironmentRegistry.Default.Register(references[^1], () => Wrap(EnvironmentRegistry.Default.Create(reference)));
        }

        Options = options with
        {
            Environment = string.Join(',', references),
            CheckpointEvery = (long)Interval * Rollout * options.Simulators * (options.Agents ?? 1),
        };
    }

    /// <summary>The options, of environments that wait.</summary>
    public RunOptions Options { get; }

    /// <summary>To be called before the run is resumed.</summary>
    public void GoOn() => _earlier += Written();

    /// <summary>From now on nobody waits.</summary>
    public void Stop() => _isOver = true;

    public void Dispose() => Stop();

    private Waiting Wrap(IEnvironment inner) => inner is IResumable ? new ResumableWaiting(inner, this) : new Waiting(inner, this);

    /// <summary>Called before a step, counted from 0. HTS-RL plays an interval ahead of its updates.</summary>
    private void Wait(int step)
    {
        int due = ((step / Rollout) - 1) / Interval;
        if (!_isOver && step % Rollout == 0 && due > 0 && !SpinWait.SpinUntil(() => _isOver || Written() >= due, TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException($"{due} checkpoints are due, {Written()} are written.");
        }
    }

    private int Written() => Directory.Exists(_checkpoints)
        ? Directory.EnumerateDirectories(_checkpoints).Count(path => Path.GetFileName(path).All(char.IsAsciiDigit)) - _earlier
        : 0;

    private class Waiting(IEnvironment inner, Paced pace) : IEnvironment
    {
        private int _steps; // of this session

        public EnvironmentSpec Spec => Inner.Spec;

        protected IEnvironment Inner { get; } = inner;

        public void Reset(Span<float> observation) => Inner.Reset(observation);

        public void Reset(ulong seed, Span<float> observation) => Inner.Reset(seed, observation);

        public StepResult Step(int action, Span<float> observation)
        {
            pace.Wait(_steps++);
            return Inner.Step(action, observation);
        }
    }

    private sealed class ResumableWaiting(IEnvironment inner, Paced pace) : Waiting(inner, pace), IResumable
    {
        public void SaveState(BinaryWriter writer) => ((IResumable)Inner).SaveState(writer);

        public void LoadState(BinaryReader reader) => ((IResumable)Inner).LoadState(reader);
    }
}
