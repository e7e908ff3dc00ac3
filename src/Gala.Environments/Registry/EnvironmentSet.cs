namespace Gala.Environments;

/// <summary>What a run plays: one environment, or several in turn in one format of observations and actions.</summary>
public sealed class EnvironmentSet
{
    private readonly EnvironmentRegistry _registry;
    private readonly UnionFormat? _format; // null for one environment

    /// <summary>Reads references separated by commas, such as <c>minatar/asterix,minatar/breakout:sticky=0</c>.</summary>
    /// <param name="references">As for <see cref="EnvironmentReference.ParseList"/>.</param>
    /// <param name="registry">Null: <see cref="EnvironmentRegistry.Default"/>.</param>
    /// <exception cref="ArgumentException">One is none that the registry can make, or they have no format in common.</exception>
    public EnvironmentSet(string references, EnvironmentRegistry? registry = null)
    {
        _registry = registry ?? EnvironmentRegistry.Default;
        References = EnvironmentReference.ParseList(references);
        _format = Count > 1 ? new UnionFormat([.. References.Select(reference => _registry.Create(reference).Spec)]) : null;
    }

    /// <summary>The environments in the order given.</summary>
    public IReadOnlyList<EnvironmentReference> References { get; }

    /// <summary>Number of environments, at least 1.</summary>
    public int Count => References.Count;

    /// <summary>Makes the environment of a simulator: those of a run play the set's in turn.</summary>
    /// <param name="simulator">Global index of the simulator; below <see cref="Count"/>, the environment of that index.</param>
    public IEnvironment Create(int simulator)
    {
        IEnvironment environment = _registry.Create(References[simulator % Count]);
        return _format is null ? environment : new UnionEnvironment(environment, _format);
    }
}
