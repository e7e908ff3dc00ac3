using Gala.Numerics;

namespace Gala.Environments;

/// <summary>One format of observations and actions for several environments, so that one network plays them all.</summary>
/// <remarks><para>Channels with the same name share a plane: in MinAtar a trail is a trail and an enemy's bullet is one in every game. An
/// environment without distinct names has planes of its own. Elements of vectors are channels too.</para>
/// <para>Actions go by name as well, and by number if one of the environments has no names for them. An action that an environment does
/// not have is taken as its action 0, which is to do nothing in MinAtar.</para></remarks>
public sealed class UnionFormat
{
    private readonly string[] _channels;
    private readonly string[] _actions;
    private readonly bool _actionsAreNamed;
    private readonly TensorShape _observation;

    /// <summary>The union of what environments take and give.</summary>
    /// <param name="members">One or more.</param>
    /// <exception cref="ArgumentException">Observations differ in height or width, or the frame skips differ.</exception>
    public UnionFormat(IReadOnlyList<EnvironmentSpec> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        EnvironmentSpec first = members[0];
        foreach (EnvironmentSpec member in members)
        {
            ThrowIfApart(first, member);
        }

        _channels = [.. members.SelectMany(Channels).Distinct()];
        _actionsAreNamed = members.All(member => AreNames(member.ActionNames, member.Actions));
        _actions = [.. members.SelectMany(Actions).Distinct()];
        _observation = first.Observation with { Channels = _channels.Length };
    }

    /// <summary>What a member of the union takes and gives in this format.</summary>
    public EnvironmentSpec Of(EnvironmentSpec member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member with
        {
            Observation = _observation,
            ChannelNames = _channels,
            Actions = _actions.Length,
            ActionNames = _actionsAreNamed ? _actions : [],
        };
    }

    /// <summary>For each element of a member's observation, its place in the union's.</summary>
    internal int[] PlacesOf(EnvironmentSpec member)
    {
        int[] planes = [.. Channels(member).Select(channel => Array.IndexOf(_channels, channel))];
        int cells = member.Observation.Height * member.Observation.Width;
        return [.. Enumerable.Range(0, cells).SelectMany(cell => planes.Select(plane => (cell * _channels.Length) + plane))];
    }

    /// <summary>For each action of the union, the one that a member takes it as.</summary>
    internal int[] ActionsOf(EnvironmentSpec member)
    {
        string[] own = Actions(member);
        return [.. _actions.Select(action => Math.Max(0, Array.IndexOf(own, action)))];
    }

    private static string[] Channels(EnvironmentSpec member) => AreNames(member.ChannelNames, member.Observation.Channels)
        ? [.. member.ChannelNames]
        : [.. Enumerable.Range(0, member.Observation.Channels).Select(channel => $"{member.Id} {channel}")];

    private string[] Actions(EnvironmentSpec member) => _actionsAreNamed
        ? [.. member.ActionNames]
        : [.. Enumerable.Range(0, member.Actions).Select(action => $"{action}")];

    private static bool AreNames(IReadOnlyList<string> names, int count) => names.Count == count && names.Distinct().Count() == count;

    private static void ThrowIfApart(EnvironmentSpec first, EnvironmentSpec member)
    {
        if (first.Observation with { Channels = 1 } != member.Observation with { Channels = 1 })
        {
            throw new ArgumentException($"One network cannot play {first.Id} and {member.Id}: their observations, {first.Observation} and "
                + $"{member.Observation}, differ in height or width.");
        }

        if (first.FrameSkip != member.FrameSkip)
        {
            throw new ArgumentException($"{first.Id} and {member.Id} cannot be played together: their frame skips are {first.FrameSkip} and "
                + $"{member.FrameSkip}.");
        }
    }
}
