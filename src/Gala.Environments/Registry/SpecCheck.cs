namespace Gala.Environments;

/// <summary>Checks what environments say of themselves before anything is built on it.</summary>
internal static class SpecCheck
{
    /// <summary>Reads the spec of a new environment.</summary>
    /// <param name="name">Reference that the environment was made by.</param>
    /// <param name="environment">The new environment.</param>
    /// <exception cref="EnvironmentException">It throws, is another one at every call, or cannot be.</exception>
    public static EnvironmentSpec Read(string name, IEnvironment environment)
    {
        EnvironmentSpec? spec, again;
        try
        {
            (spec, again) = (environment.Spec, environment.Spec);
        }
#pragma warning disable CA1031 // whatever it throws is why the environment cannot be used
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw EnvironmentException.Of(name, "threw when it was asked for its Spec", exception);
        }

        if (ProblemOf(spec) is { } problem)
        {
            throw new EnvironmentException($"Environment '{name}': {problem}.");
        }

        return ReferenceEquals(spec, again)
            ? spec!
            : throw new EnvironmentException($"Environment '{name}': its Spec is another object at every call; make it once and keep it, as in "
                + "'public EnvironmentSpec Spec { get; } = new() { … };'.");
    }

    /// <summary>Compares an environment with the first one that was made by the same reference.</summary>
    /// <param name="name">The reference.</param>
    /// <param name="first">Spec of the first environment.</param>
    /// <param name="other">Spec of the other environment.</param>
    /// <param name="simulator">Global index of the simulator that the other one is for.</param>
    /// <exception cref="EnvironmentException">One network cannot play both.</exception>
    public static void RequireSame(string name, EnvironmentSpec first, EnvironmentSpec other, int simulator)
    {
        string? difference = DifferenceOf(first, other);
        if (difference is not null)
        {
            throw new EnvironmentException(
                $"Environment '{name}': the one for simulator {simulator} has {difference}; all that are made by one name must be alike.");
        }
    }

    /// <summary>Sees to it that an environment still has the spec that it had when it was made.</summary>
    /// <param name="spec">Spec that the environment had at first.</param>
    /// <param name="environment">The environment.</param>
    /// <exception cref="EnvironmentException">It has become another object.</exception>
    public static void RequireUnchanged(EnvironmentSpec spec, IEnvironment environment)
    {
        if (!ReferenceEquals(environment.Spec, spec))
        {
            throw new EnvironmentException($"Environment '{spec.Id}': its Spec has become another object; it must stay the one that it was made with.");
        }
    }

    private static string? ProblemOf(EnvironmentSpec? spec)
    {
        if (spec is null)
        {
            return "its Spec is null, expected what it takes and gives";
        }

        (int height, int width, int channels) = spec.Observation;
        return spec switch
        {
            { Id: null or "" } => "the Id of its Spec is empty, expected a name such as mine/maze",
            _ when height < 1 || width < 1 || channels < 1 =>
                $"the Observation of its Spec is {height}x{width}x{channels}, expected 1 or more in each dimension",
            _ when (Int128)height * width * channels > Array.MaxLength => $"the Observation of its Spec, {height}x{width}x{channels}, is too large",
            { Actions: < 1 } => $"the Actions of its Spec are {spec.Actions}, expected 1 or more",
            { FrameSkip: < 1 } => $"the FrameSkip of its Spec is {spec.FrameSkip}, expected 1 or more",
            _ when HasNull(spec.ActionNames) => "the ActionNames of its Spec hold null, expected a name for each action or an empty list",
            _ when HasNull(spec.ChannelNames) => "the ChannelNames of its Spec hold null, expected a name for each channel or an empty list",
            _ => null,
        };
    }

    private static bool HasNull(IReadOnlyList<string?>? names) => names is null || names.Any(name => name is null);

    private static string? DifferenceOf(EnvironmentSpec first, EnvironmentSpec other) => other switch
    {
        _ when other.Observation != first.Observation => $"observations of {other.Observation}, the first one of {first.Observation}",
        _ when other.Actions != first.Actions => $"{other.Actions} actions, the first one {first.Actions}",
        _ when other.FrameSkip != first.FrameSkip => $"a frame skip of {other.FrameSkip}, the first one of {first.FrameSkip}",
        _ when !other.ActionNames.SequenceEqual(first.ActionNames) => "actions of other names than the first one",
        _ when !other.ChannelNames.SequenceEqual(first.ChannelNames) => "channels of other names than the first one",
        _ => null,
    };
}
