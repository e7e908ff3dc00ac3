namespace Gala.Environments;

/// <summary>What a run plays: one environment, or several in turn in one format of observations and actions.</summary>
/// <remarks>To know what an environment takes and gives, one must be made. The set keeps it for the first simulator that plays it, and disposes it
/// where no simulator does. For one thread.</remarks>
public sealed class EnvironmentSet : IDisposable
{
    private readonly EnvironmentRegistry _registry;
    private readonly UnionFormat? _format; // null for one environment
    private readonly IEnvironment?[] _spares; // by place in the list: made for its spec and not handed out
    private readonly EnvironmentSpec?[] _specs; // likewise, once known; not in the common format
    private EnvironmentSpec? _spec;

    /// <summary>Reads references separated by commas, such as <c>minatar/asterix,minatar/breakout:sticky=0</c>.</summary>
    /// <param name="references">As for <see cref="EnvironmentReference.ParseList"/>.</param>
    /// <param name="registry">Null: <see cref="EnvironmentRegistry.Default"/>.</param>
    /// <exception cref="ArgumentException">One is none that the registry can make, or they have no format in common.</exception>
    /// <exception cref="EnvironmentException">One cannot be made or breaks a promise.</exception>
    public EnvironmentSet(string references, EnvironmentRegistry? registry = null)
    {
        _registry = registry ?? EnvironmentRegistry.Default;
        References = EnvironmentReference.ParseList(references);
        (_spares, _specs) = (new IEnvironment?[Count], new EnvironmentSpec?[Count]);
        try
        {
            _format = Count > 1 ? new UnionFormat([.. Enumerable.Range(0, Count).Select(SpecOf)]) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The environments in the order given.</summary>
    public IReadOnlyList<EnvironmentReference> References { get; }

    /// <summary>Number of environments, at least 1.</summary>
    public int Count => References.Count;

    /// <summary>Spec of the first environment, in the format that all of them share.</summary>
    /// <exception cref="ArgumentException">The reference is none that the registry can make.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made or breaks a promise.</exception>
    public EnvironmentSpec Spec => _spec ??= _format?.Of(SpecOf(0)) ?? SpecOf(0);

    /// <summary>Makes the environment of a simulator: those of a run play the set's in turn. It is the caller's to dispose.</summary>
    /// <param name="simulator">Global index of the simulator; below <see cref="Count"/>, the environment of that index.</param>
    /// <exception cref="ArgumentException">The reference is none that the registry can make.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made or breaks a promise.</exception>
    public IEnvironment Create(int simulator)
    {
        int place = simulator % Count;
        EnvironmentSpec first = SpecOf(place);
        IEnvironment environment = _spares[place] ?? _registry.Create(References[place]);
        _spares[place] = null;
        try
        {
            SpecCheck.RequireSame(References[place].ToString(), first, environment.Spec, simulator);
            return _format is null ? environment : new UnionEnvironment(environment, _format);
        }
        catch
        {
            EnvironmentDisposal.Undo([environment]);
            throw;
        }
    }

    /// <summary>Makes the environments of several simulators; if one of them fails, those before it are disposed.</summary>
    /// <param name="firstSimulator">Global index of the first simulator.</param>
    /// <param name="count">Number of simulators.</param>
    /// <exception cref="ArgumentException">A reference is none that the registry can make.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made or breaks a promise.</exception>
    public IReadOnlyList<IEnvironment> CreateMany(int firstSimulator, int count)
    {
        IEnvironment?[] environments = new IEnvironment?[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                environments[i] = Create(firstSimulator + i);
            }
        }
        catch
        {
            EnvironmentDisposal.Undo(environments);
            throw;
        }

        return environments!;
    }

    /// <summary>Disposes what was made for its spec and not handed out. What it throws is ignored: nothing has been played in it.</summary>
    public void Dispose()
    {
        EnvironmentDisposal.Undo(_spares);
        Array.Clear(_spares);
    }

    private EnvironmentSpec SpecOf(int place) => _specs[place] ??= (_spares[place] ??= _registry.Create(References[place])).Spec;
}
