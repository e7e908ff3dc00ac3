using Gala.Numerics;

namespace Gala.Environments;

/// <summary>What an environment takes and gives.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>Name in the registry, such as <c>minatar/breakout</c>, without options.</summary>
    public required string Id { get; init; }

    /// <summary>Shape of one observation, channels last.</summary>
    public required TensorShape Observation { get; init; }

    /// <summary>Number of actions, at least 1; actions are 0 to <c>Actions − 1</c>.</summary>
    public required int Actions { get; init; }

    /// <summary>Name of each action for people, or empty.</summary>
    public IReadOnlyList<string> ActionNames { get; init; } = [];

    /// <summary>Name of each observation channel for people, or empty.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];

    /// <summary>Lowest and highest reward of one step, where known.</summary>
    public (float Low, float High)? RewardRange { get; init; }

    /// <summary>Simulator frames that one step takes; 1 without frame skip.</summary>
    public int FrameSkip { get; init; } = 1;
}
