namespace Gala.Environments;

/// <summary>Truncates the episodes of another environment after a number of steps.</summary>
/// <remarks>An episode that ends by its own rules in the very last step is terminated, not truncated.</remarks>
public sealed class TimeLimit : IEnvironment, IConditionallyResumable, IDisposable
{
    private readonly IEnvironment _inner;
    private readonly int _limit;
    private int _elapsed; // steps of the present episode; the limit itself once it is truncated

    /// <summary>Wraps <paramref name="inner"/>, whose episode must not have begun.</summary>
    /// <param name="inner">The environment to limit.</param>
    /// <param name="limit">Steps of the longest episode, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    public TimeLimit(IEnvironment inner, int limit)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (_inner, _limit) = (inner, limit);
    }

    /// <inheritdoc />
    public EnvironmentSpec Spec => _inner.Spec;

    /// <inheritdoc />
    public bool Blocks => _inner.Blocks;

    bool IConditionallyResumable.CanResume => Resumability.Of(_inner);

    /// <inheritdoc />
    public void Reset(Span<float> observation)
    {
        _elapsed = 0;
        _inner.Reset(observation);
    }

    /// <inheritdoc />
    public void Reset(ulong seed, Span<float> observation)
    {
        _elapsed = 0;
        _inner.Reset(seed, observation);
    }

    /// <inheritdoc />
    public StepResult Step(int action, Span<float> observation)
    {
        if (_elapsed == _limit)
        {
            EnvironmentErrors.ThrowNotRunning(started: true, Spec);
        }

        StepResult result = _inner.Step(action, observation);
        _elapsed++;
        return _elapsed == _limit && !result.Terminated ? result with { Truncated = true } : result;
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable inner = Resumability.Require(_inner);
        writer.Write(nameof(TimeLimit));
        writer.Write(_elapsed);
        inner.SaveState(writer);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IResumable inner = Resumability.Require(_inner);
        StateReading.Guard(reader, nameof(TimeLimit), source =>
        {
            source.ExpectName(nameof(TimeLimit));
            _elapsed = source.ReadBetween(0, _limit, "the steps of the episode");
            inner.LoadState(source);
        });
    }

    /// <summary>Disposes the wrapped environment if it is <see cref="IDisposable"/>.</summary>
    public void Dispose() => (_inner as IDisposable)?.Dispose();
}
