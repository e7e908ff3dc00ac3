namespace Gala.Environments;

/// <summary>One of several environments that share a format: planes of the others are 0, actions of the others are its action 0.</summary>
public sealed class UnionEnvironment : IEnvironment, IConditionallyResumable, IDisposable
{
    private readonly IEnvironment _inner;
    private readonly EnvironmentSpec _innerSpec;
    private readonly float[] _own; // the inner environment's observation
    private readonly int[] _places; // of each of its elements in the union's
    private readonly int[] _actions; // inner action of each of the union's

    /// <summary>Wraps a member of a union.</summary>
    /// <param name="inner">The environment to play.</param>
    /// <param name="format">Made of the inner environment's spec and those of others.</param>
    public UnionEnvironment(IEnvironment inner, UnionFormat format)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(format);
        (_inner, _innerSpec) = (inner, inner.Spec);
        Spec = format.Of(_innerSpec);
        (_places, _actions) = (format.PlacesOf(_innerSpec), format.ActionsOf(_innerSpec));
        _own = new float[_places.Length];
    }

    /// <inheritdoc />
    /// <remarks>The inner environment's, in the union's format.</remarks>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc />
    public bool Blocks => _inner.Blocks;

    bool IConditionallyResumable.CanResume => Resumability.Of(_inner);

    /// <inheritdoc />
    public void Reset(Span<float> observation)
    {
        _inner.Reset(_own);
        Spread(observation);
    }

    /// <inheritdoc />
    public void Reset(ulong seed, Span<float> observation)
    {
        _inner.Reset(seed, _own);
        SpecCheck.RequireUnchanged(_innerSpec, _inner);
        Spread(observation);
    }

    /// <inheritdoc />
    public StepResult Step(int action, Span<float> observation)
    {
        if ((uint)action >= (uint)_actions.Length)
        {
            EnvironmentErrors.ThrowActionOutOfRange(action, Spec);
        }

        StepResult result = _inner.Step(_actions[action], _own);
        Spread(observation);
        return result;
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void SaveState(BinaryWriter writer) => Resumability.Require(_inner).SaveState(writer);

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The wrapped environment is not <see cref="IResumable"/>.</exception>
    public void LoadState(BinaryReader reader) => Resumability.Require(_inner).LoadState(reader);

    /// <summary>Disposes the wrapped environment if it is <see cref="IDisposable"/>.</summary>
    public void Dispose() => (_inner as IDisposable)?.Dispose();

    private void Spread(Span<float> observation)
    {
        observation = observation[..Spec.Observation.Length];
        observation.Clear();
        for (int i = 0; i < _places.Length; i++)
        {
            observation[_places[i]] = _own[i];
        }
    }
}
