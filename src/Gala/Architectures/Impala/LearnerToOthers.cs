using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>Process 0, which learns, sends to every other process; nobody else sends.</summary>
internal sealed class LearnerToOthers : Topology
{
    private readonly int[] _others;
    private readonly int[] _learner = [0];

    /// <param name="processes">How many there are, the learner's included.</param>
    public LearnerToOthers(int processes)
        : base("learner to others", processes) => _others = [.. Enumerable.Range(1, processes - 1)];

    public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => agent == 0 ? _others : [];

    public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => agent == 0 ? [] : _learner;
}
