namespace Gala.Gossip;

/// <summary>Push-sum in lock-step: w ← Σ mⱼ, z ← Σ mⱼ zⱼ / w over the agent itself and its in-peers, in order of rank.</summary>
/// <remarks>See <see cref="PushSumAgent"/>.</remarks>
internal sealed class LockStepPushSum(LockStepGossip gossip, int rank) : LockStepAgent(gossip, rank)
{
    private double _weight = 1;

    public override void SaveState(BinaryWriter writer) => writer.Write(_weight);

    public override void LoadState(BinaryReader reader) => _weight = reader.ReadDouble();

    protected override double Share(long update) => _weight / (1 + Gossip.Topology.OutPeers(Rank, update).Length);

    protected override bool Mix(Span<float> parameters, long update)
    {
        ReadOnlySpan<int> inPeers = Gossip.Topology.InPeers(Rank, update);
        GossipMessage first = Gossip.Published(Term(inPeers, 0), update);
        StartFrom(first, inPeers, parameters);
        double weight = first.Weight;
        for (int term = 1; term <= inPeers.Length; term++)
        {
            GossipMessage message = Gossip.Published(Term(inPeers, term), update);
            weight += message.Weight;
            message.MixInto(parameters, (float)(message.Weight / weight));
        }

        _weight = weight;
        Statistics.CountMix(staleness: 0);
        return true;
    }
}
