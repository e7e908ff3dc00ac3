using System.Diagnostics;

namespace Gala.Environments;

/// <summary>Makes the steps of another environment take time, as a slow simulator's do: to measure what waiting for it costs.</summary>
/// <remarks>
/// <para>The time of a step is a function of the simulator's seed and of its number, so equal runs have equal delays, and what the
/// simulator computes does not depend on them.</para>
/// <para>Really waiting, the thread sleeps, so that the waits of many simulators overlap on few cores. A sleep is whole milliseconds, so a
/// wait is rounded to one and the difference is carried to the next: a single step is off by half a millisecond, their sum is right.
/// What a busy machine oversleeps by more than a millisecond is not made up for.</para>
/// </remarks>
public sealed class EnvironmentDelay : IEnvironment, IConditionallyResumable, IDisposable
{
    private static readonly TimeSpan MostCarried = TimeSpan.FromMilliseconds(1);

    private readonly IEnvironment _inner;
    private readonly StepTimes _times;
    private readonly bool _waits;
    private ulong _seed;
    private ulong _steps;
    private TimeSpan _owed; // what was drawn but not slept yet; negative where it slept too long

    /// <summary>Wraps <paramref name="inner"/>.</summary>
    /// <param name="inner">The environment to slow down.</param>
    /// <param name="times">How long steps take.</param>
    /// <param name="waits">Whether a step really takes that long; otherwise it only counts in <see cref="Elapsed"/>.</param>
    public EnvironmentDelay(IEnvironment inner, StepTimes times, bool waits)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(times);
        (_inner, _times, _waits) = (inner, times, waits);
    }

    /// <inheritdoc />
    public EnvironmentSpec Spec => _inner.Spec;

    /// <inheritdoc />
    public bool Blocks => _waits || _inner.Blocks;

    /// <summary>The times of all steps since the random stream was seeded, as drawn: virtual time.</summary>
    public TimeSpan Elapsed { get; private set; }

    bool IConditionallyResumable.CanResume => Resumability.Of(_inner);

    /// <inheritdoc />
    public void Reset(Span<float> observation) => _inner.Reset(observation);

    /// <inheritdoc />
    public void Reset(ulong seed, Span<float> observation)
    {
        (_seed, _steps, Elapsed, _owed) = (seed, 0, TimeSpan.Zero, TimeSpan.Zero);
        _inner.Reset(seed, observation);
    }

    /// <inheritdoc />
    public StepResult Step(int action, Span<float> observation)
    {
        TimeSpan time = _times.Draw(_seed, _steps);
        StepResult result = _inner.Step(action, observation);
        _steps++;
        Elapsed += time;
        if (_waits)
        {
            Wait(time);
        }

        return result;
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable inner = Resumability.Require(_inner);
        writer.Write(nameof(EnvironmentDelay));
        writer.Write(_seed);
        writer.Write(_steps);
        writer.Write(Elapsed.Ticks);
        inner.SaveState(writer);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IResumable inner = Resumability.Require(_inner);
        StateReading.Guard(reader, nameof(EnvironmentDelay), source =>
        {
            source.ExpectName(nameof(EnvironmentDelay));
            (_seed, _steps, Elapsed) = (source.ReadUInt64(), source.ReadUInt64(), new TimeSpan(source.ReadInt64()));
            inner.LoadState(source);
        });
    }

    /// <summary>Disposes the wrapped environment if it is <see cref="IDisposable"/>.</summary>
    public void Dispose() => (_inner as IDisposable)?.Dispose();

    private void Wait(TimeSpan time)
    {
        _owed += time;
        TimeSpan sleep = TimeSpan.FromMilliseconds(Math.Round(_owed.TotalMilliseconds));
        if (sleep > TimeSpan.Zero)
        {
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(sleep);
            _owed -= Stopwatch.GetElapsedTime(start);
            _owed = _owed < -MostCarried ? -MostCarried : _owed;
        }
    }
}
