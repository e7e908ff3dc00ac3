namespace Gala.Gossip;

/// <summary>Kinds of what chance decides in an agent's asynchronous exchange.</summary>
public enum GossipEventKind
{
    /// <summary>The exchange was over: what had come by then was mixed.</summary>
    Over,

    /// <summary>A message of an in-peer was taken.</summary>
    Took,

    /// <summary>An in-peer had left.</summary>
    Left,

    /// <summary>An in-peer was given up, since nothing came from it for too long.</summary>
    GaveUp,

    /// <summary>A message to an out-peer came back, since that had not taken it before the next one.</summary>
    Returned,
}
