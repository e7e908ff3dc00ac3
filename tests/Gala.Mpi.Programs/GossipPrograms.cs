using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>Agents that gossip between processes.</summary>
internal static class GossipPrograms
{
    private const int Length = 10_000;

    public static void AgentsComeTogether(ICluster cluster)
    {
        const int Updates = 200;
        using IGossipTransport transport = cluster.OpenGossip(new RingTopology(cluster.Processes), Length, keepsEveryWeight: false);
        GossipAgent agent = new(transport, cluster.Process, new GossipAgentOptions { MaxStaleness = 1 });
        float[] parameters = [.. Enumerable.Repeat((float)cluster.Process, Length)];
        for (int update = 1; update <= Updates; update++)
        {
            agent.Exchange(parameters, update);
        }

        agent.Leave();
        float spread = parameters.Max() - parameters.Min();
        Require.That(spread == 0 && agent.Statistics.Mixes > 0);
        List<float> all = [];
        cluster.Gather(BitConverter.GetBytes(parameters[0]), (_, bytes) => all.Add(BitConverter.ToSingle(bytes.Span)));
        Require.That(cluster.Process != 0 || (all.Max() - all.Min() < 1e-3 && all.Min() >= 0 && all.Max() <= cluster.Processes - 1));
    }

    /// <remarks>At the end the agents are silent one after the other, so that what is on its way arrives before the weights are added up.</remarks>
    public static void PushSumKeepsWeightAndMean(ICluster cluster)
    {
        int count = cluster.Processes;
        using IGossipTransport transport = cluster.OpenGossip(new CompleteTopology(count), Length, keepsEveryWeight: true);
        PushSumAgent agent = new(transport, cluster.Process);
        float[] parameters = [.. Enumerable.Repeat((float)cluster.Process, Length)];
        int updates = 50 * (1 + cluster.Process); // who is faster sends more: without weights the mean would move
        for (int update = 1; update <= updates; update++)
        {
            agent.Exchange(parameters, update);
        }

        agent.Leave();
        int[] peers = [.. Enumerable.Range(0, count).Where(peer => peer != cluster.Process)];
        Require.Soon(() =>
        {
            bool haveLeft = peers.All(transport.Endpoint(cluster.Process).HasLeft); // nothing comes after what is taken now
            agent.TryMix(parameters, updates, out _);
            return haveLeft;
        });
        double weight = 0, sum = 0;
        cluster.Gather([.. BitConverter.GetBytes(agent.Weight), .. BitConverter.GetBytes(parameters[0] * agent.Weight)], (_, bytes) =>
        {
            weight += BitConverter.ToDouble(bytes.Span);
            sum += BitConverter.ToDouble(bytes.Span[sizeof(double)..]);
        });
        Require.That(cluster.Process != 0 || Math.Abs(weight - count) < 1e-9);
        Require.That(cluster.Process != 0 || Math.Abs(sum - (count * (count - 1) / 2.0)) < 1e-3);
    }
}
