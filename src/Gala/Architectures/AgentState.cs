namespace Gala.Architectures;

/// <summary>What an agent is doing.</summary>
public enum AgentState
{
    /// <summary>Not started yet.</summary>
    Starting,

    /// <summary>Stepping its simulators.</summary>
    Acting,

    /// <summary>Computing and applying an update.</summary>
    Learning,

    /// <summary>Waiting for an in-peer.</summary>
    Waiting,

    /// <summary>Done with its share of the frames.</summary>
    Finished,

    /// <summary>Stopped by an error.</summary>
    Failed,
}
