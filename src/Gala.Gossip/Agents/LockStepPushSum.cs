namespace Gala.Gossip;

/// <summary>Push-sum in lock-step: w ← Σ mⱼ, z ← Σ mⱼ zⱼ / w over the agent itself and its in-peers, in order of rank.</summary>
/// <remarks>See <see cref="PushSumAgent"/>. Of a term that is refused only the weight counts, if that can be.</remarks>
internal sealed class LockStepPushSum(LockStepGossip gossip, int rank) : LockStepAgent(gossip, rank)
{
    private double _weight = 1;

    public override void SaveState(BinaryWriter writer) => writer.Write(_weight);

    public override void LoadState(BinaryReader reader) => _weight = reader.ReadDouble();

    protected override double Share(long update) => _weight / (1 + Gossip.Topology.OutPeers(Rank, update).Length);

    protected override bool Mix(Span<float> parameters, long update)
    {
        ReadOnlySpan<int> inPeers = Gossip.Topology.InPeers(Rank, update);
        int accepted = Accept(inPeers, update);
        double weight = 0; // of all terms
        double mixed = 0; // of those that are in the mean so far
        for (int term = 0; term <= inPeers.Length; term++)
        {
            int rank = Term(inPeers, term);
            GossipMessage message = Gossip.Published(rank, update);
            weight += message.HasSoundWeight(Gossip.Topology.Agents) ? message.Weight : 0;
            if (message.Weight > 0 && Gossip.IsSound(rank, update))
            {
                Take(message, rank, parameters, ref mixed);
            }
        }

        if (accepted > 0)
        {
            Statistics.CountMix(staleness: 0);
        }

        _weight = weight;
        return accepted > 0;
    }

    private void Take(GossipMessage message, int rank, Span<float> parameters, ref double mixed)
    {
        if (mixed == 0)
        {
            StartFrom(message, rank, parameters);
        }
        else
        {
            message.MixInto(parameters, (float)(message.Weight / (mixed + message.Weight)));
        }

        mixed += message.Weight;
    }
}
