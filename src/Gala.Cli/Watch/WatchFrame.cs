using Gala.Environments;

namespace Gala.Cli.Watch;

/// <summary>A moment of a play: what is seen, what is chosen, what has come of it so far.</summary>
internal sealed record WatchFrame
{
    public required EnvironmentSpec Spec { get; init; }

    /// <summary>Who plays.</summary>
    public required string Player { get; init; }

    /// <summary>What the player sees, channels last.</summary>
    public required float[] Observation { get; init; }

    /// <summary>From 1.</summary>
    public required long Episode { get; init; }

    /// <summary>Steps of the episode before this moment.</summary>
    public required long Step { get; init; }

    /// <summary>The action chosen now; null at the end of an episode.</summary>
    public required int? Action { get; init; }

    /// <summary>What the action was chosen from; empty at the end of an episode.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>The return that the player expects from here.</summary>
    public required float Value { get; init; }

    /// <summary>The reward that the step before gave.</summary>
    public required float Reward { get; init; }

    /// <summary>The rewards of the episode so far.</summary>
    public required double Return { get; init; }

    /// <summary>Mean return of the episodes that have ended; null before the first.</summary>
    public required double? MeanReturn { get; init; }

    /// <summary>What an action is called.</summary>
    public string ActionName(int action) => action < Spec.ActionNames.Count ? Spec.ActionNames[action] : $"action {action}";

    /// <summary>What a channel, or an element of a vector, is called.</summary>
    public string ChannelName(int channel) => channel < Spec.ChannelNames.Count ? Spec.ChannelNames[channel] : $"channel {channel}";
}
