using System.Collections.Concurrent;

namespace Gala.Environments;

/// <summary>Makes environments by id. Safe for concurrent use.</summary>
public sealed class EnvironmentRegistry
{
    private const int MostNamed = 12; // ids in a message
    private const string LimitName = "limit";
    private static readonly EnvironmentOption LimitOption = new(LimitName, "1 or more", "none", "truncates episodes after so many steps");
    private static readonly EnvironmentOption[] CommonOptions = [LimitOption, DelaySetting.Option];

    private readonly ConcurrentDictionary<string, EnvironmentEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>An empty registry; <see cref="Default"/> is the one that runs use.</summary>
    public EnvironmentRegistry()
    {
    }

    /// <summary>The registry of this process, with the built-in environments.</summary>
    public static EnvironmentRegistry Default { get; } = BuiltInEnvironments.AddTo(new EnvironmentRegistry());

    /// <summary>Adds an environment without options of its own.</summary>
    /// <param name="id">Name to create it by, such as <c>mine/maze</c>.</param>
    /// <param name="create">Makes a new, independent environment; called from any thread.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="onOwnThread">Whether each environment is made, played and disposed on one and the same thread, its own.</param>
    /// <exception cref="ArgumentException">The id is malformed or taken.</exception>
    public void Register(string id, Func<IEnvironment> create, string summary = "", bool onOwnThread = false)
    {
        ArgumentNullException.ThrowIfNull(create);
        Register(new EnvironmentEntry { Id = id, Summary = summary, Create = onOwnThread ? _ => new OwnThread(create) : _ => create() });
    }

    /// <summary>Adds an environment.</summary>
    /// <exception cref="ArgumentException">The id is malformed or taken.</exception>
    public void Register(EnvironmentEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (string.IsNullOrEmpty(entry.Id) || !entry.Id.All(EnvironmentReference.IsIdCharacter))
        {
            throw new ArgumentException($"Environment id '{entry.Id}' must be letters, digits, '/', '-', '_' and '.'.");
        }

        IEnumerable<EnvironmentOption> common = CommonOptions.Where(option => entry.Options.All(own => own.Name != option.Name));
        EnvironmentEntry complete = entry with { Options = [.. entry.Options, .. common] };
        if (!_entries.TryAdd(entry.Id, complete))
        {
            throw new ArgumentException($"Environment id '{entry.Id}' is taken; register under another one.");
        }
    }

    /// <summary>Makes a new environment of <c>id[:name=value]…</c>; of several separated by commas the first, in the format that all of
    /// them share.</summary>
    /// <remarks>Its random stream is the same each time: give its first reset a seed. <see cref="EnvironmentSet"/> makes the others.</remarks>
    /// <exception cref="ArgumentException">The id or an option is unknown or malformed, or several environments have no format in common.
    /// The message is one line that names the fix.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made or breaks a promise.</exception>
    public IEnvironment Create(string reference)
    {
        using EnvironmentSet set = new(reference, this);
        return set.Create(0);
    }

    /// <summary>Says what the environment that <see cref="Create(string)"/> makes takes and gives; makes one for that and disposes it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Create(string)"/>.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made or breaks a promise.</exception>
    public EnvironmentSpec SpecOf(string reference)
    {
        using EnvironmentSet set = new(reference, this);
        return set.Spec;
    }

    /// <summary>Makes a new environment.</summary>
    /// <exception cref="ArgumentException">The id or an option is unknown or malformed.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made, or says impossible things of itself.</exception>
    public IEnvironment Create(EnvironmentReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!_entries.TryGetValue(reference.Id, out EnvironmentEntry? entry))
        {
            throw new ArgumentException($"Unknown environment '{reference.Id}'.{NearMiss.Question(reference.Id, _entries.Keys)} "
                + $"Registered are {string.Join(", ", _entries.Keys.Order(StringComparer.Ordinal).Take(MostNamed))}"
                + $"{(_entries.Count > MostNamed ? ", …" : "")}.");
        }

        foreach (KeyValuePair<string, string> option in reference.Options)
        {
            ThrowIfUnknown(option.Key, entry);
        }

        EnvironmentSettings settings = new(reference);
        bool limited = settings.Has(LimitName) && entry.Options.Contains(LimitOption);
        int limit = limited ? settings.WholeNumber(LimitName, 0, 1, int.MaxValue) : 0;
        StepTimes? delay = entry.Options.Contains(DelaySetting.Option) ? DelaySetting.Read(settings) : null;
        IEnvironment environment = Make(entry, settings, reference.ToString());
        environment = limited ? new TimeLimit(environment, limit) : environment;
        return delay is null ? environment : new EnvironmentDelay(environment, delay, waits: true);
    }

    /// <summary>All environments in order of id.</summary>
    public IReadOnlyList<EnvironmentEntry> List() => [.. _entries.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal)];

    private static IEnvironment Make(EnvironmentEntry entry, EnvironmentSettings settings, string name)
    {
        IEnvironment? environment;
        try
        {
            environment = entry.Create(settings);
        }
        catch (Exception exception) when (exception != settings.Refusal)
        {
            throw EnvironmentException.Of(name, "cannot be made", exception);
        }

        if (environment is null)
        {
            throw new EnvironmentException($"Environment '{name}' cannot be made: its factory gave null, expected an environment.");
        }

        try
        {
            _ = SpecCheck.Read(name, environment);
        }
        catch
        {
            EnvironmentDisposal.Undo([environment]);
            throw;
        }

        return environment;
    }

    private static void ThrowIfUnknown(string name, EnvironmentEntry entry)
    {
        if (entry.Options.All(option => option.Name != name))
        {
            IEnumerable<string> names = entry.Options.Select(option => option.Name);
            throw new ArgumentException($"{entry.Id} has no option '{name}'.{NearMiss.Question(name, names)} "
                + $"It has {string.Join(", ", names)}.");
        }
    }
}
