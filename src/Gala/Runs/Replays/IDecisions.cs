using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>What stands between agents and chance: it takes down what is decided, or decides it as it was once.</summary>
internal interface IDecisions
{
    /// <summary>Hears of one agent's exchanges; null for nobody.</summary>
    /// <param name="rank">0 to n − 1, among the agents of all processes.</param>
    IGossipRecorder? Recorder(int rank);

    /// <summary>What one agent's exchanges are to be; null where chance decides.</summary>
    IGossipScript? Script(int rank);

    /// <summary>Decides when one agent hears of its share.</summary>
    IShares Shares(int rank);

    /// <summary>Where one agent's simulators are to fail; null: where they do by themselves.</summary>
    (long Played, long Episodes, string Reason)? Failure(int rank);

    /// <summary>The transport that messages of a repeated run take; null for the run's own.</summary>
    IGossipTransport? Open(Topology topology, int elements, MessageFormat format);
}
