using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>What every transport must keep, where the agents are in several processes.</summary>
internal static class TransportPrograms
{
    private const int Length = 300_000; // 1.2 MB: too large for any library to send before the receiver has agreed

    public static void ReachesTheNextAgentOnly(ICluster cluster)
    {
        const int Agents = 2;
        int count = Agents * cluster.Processes;
        using IGossipTransport transport = cluster.OpenGossip(new RingTopology(count), Length, keepsEveryWeight: false);
        foreach (int rank in Own(cluster, Agents))
        {
            transport.Endpoint(rank).Publish(Vector(rank), 5, weight: 0.25);
        }

        foreach (int rank in Own(cluster, Agents))
        {
            IGossipEndpoint endpoint = transport.Endpoint(rank);
            int before = (rank + count - 1) % count;
            Require.That(endpoint.Rank == rank);
            Require.Soon(() => endpoint.TryReceive(before));
            Require.That(endpoint.Received(before).Iteration == 5 && endpoint.Received(before).Weight == 0.25);
            Require.That(endpoint.Received(before).Parameters.Length == Length && IsAll(endpoint.Received(before), before));
            Require.That(!endpoint.TryReceive(before));
        }
    }

    public static void TakesTheLatest(ICluster cluster)
    {
        const int Messages = 200;
        using IGossipTransport transport = cluster.OpenGossip(new CompleteTopology(cluster.Processes), Length, keepsEveryWeight: false);
        IGossipEndpoint endpoint = transport.Endpoint(cluster.Process);
        float[] parameters = new float[Length];
        for (int i = 1; i <= Messages; i++)
        {
            Array.Fill(parameters, i);
            endpoint.Publish(parameters, i);
        }

        foreach (int peer in Enumerable.Range(0, cluster.Processes).Where(peer => peer != cluster.Process))
        {
            Require.Soon(() => endpoint.TryReceive(peer) && endpoint.Received(peer).Iteration == Messages); // the last is never lost
            Require.That(IsAll(endpoint.Received(peer), Messages));
        }
    }

    public static void LeaveComesAfterTheLastMessage(ICluster cluster)
    {
        using IGossipTransport transport = cluster.OpenGossip(new CompleteTopology(cluster.Processes), Length, keepsEveryWeight: false);
        IGossipEndpoint endpoint = transport.Endpoint(cluster.Process);
        int first = 0, last = cluster.Processes - 1;
        if (cluster.Process == last)
        {
            endpoint.Publish(Vector(9), 3);
            endpoint.Leave();
            endpoint.Leave();
        }
        else
        {
            Require.Soon(() => endpoint.HasLeft(last));
            Require.That(endpoint.TryReceive(last) && IsAll(endpoint.Received(last), 9));
            Require.That(cluster.Process == first || !endpoint.HasLeft(first));
        }

        cluster.Gather([], (_, _) => { }); // process 0 goes on, and leaves, when all others have looked
    }

    public static void MessagesAreWholeAndInOrder(ICluster cluster)
    {
        const int Agents = 2, Messages = 300;
        int count = Agents * cluster.Processes;
        using IGossipTransport transport = cluster.OpenGossip(new CompleteTopology(count), parameterCount: 20_000, keepsEveryWeight: false);
        Thread[] threads = [.. Own(cluster, Agents).Select(rank => new Thread(() => Converse(cluster, transport.Endpoint(rank), count, Messages)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    public static void ExchangesAllocateNothing(ICluster cluster)
    {
        using IGossipTransport transport = cluster.OpenGossip(new CompleteTopology(cluster.Processes), Length, keepsEveryWeight: false);
        GossipAgent agent = new(transport, cluster.Process, new GossipAgentOptions { MaxStaleness = 2 });
        float[] parameters = new float[Length];
        long before = 0;
        for (int update = 1; update <= 60; update++)
        {
            before = update == 20 ? GC.GetAllocatedBytesForCurrentThread() : before;
            agent.Exchange(parameters, update);
        }

        Require.That(GC.GetAllocatedBytesForCurrentThread() == before);
        agent.Leave();
    }

    /// <summary>Process 0 sends to all others what they must not mix, and at last what they may.</summary>
    public static void PoisonIsRefused(ICluster cluster)
    {
        float[] sound = Vector(1), poisoned = Vector(1), parameters = Vector(7);
        poisoned[^1] = float.NaN;
        (float[] Parameters, long Iteration, double Weight)[] messages =
            [(poisoned, 1, 0.5), (sound, -1, 0.5), (sound, 3, double.NaN), (sound, 4, 0.5)];
        using IGossipTransport transport = cluster.OpenGossip(new StarTopology(cluster.Processes), Length, keepsEveryWeight: true);
        PushSumAgent agent = new(transport, cluster.Process);
        for (int i = 0; i < messages.Length; i++)
        {
            if (cluster.Process == 0)
            {
                transport.Endpoint(0).Publish(messages[i].Parameters, messages[i].Iteration, messages[i].Weight);
            }
            else
            {
                Require.Soon(() => Hears(agent, parameters, refused: i + 1));
                Require.That(i == messages.Length - 1 || !parameters.AsSpan().ContainsAnyExcept(7));
            }

            cluster.Gather([], (_, _) => { }); // process 0 goes on when all others have looked
        }

        Require.That(cluster.Process == 0 || (agent.Weight == 2.5 && agent.Statistics.RefusedMessages == 3 && Math.Abs(parameters[9] - 5.8f) < 1e-6f));
    }

    /// <summary>Process 0 has fewer parameters than the others believe, as another version might.</summary>
    public static void MessageOfAnotherLengthIsRefused(ICluster cluster)
    {
        float[] parameters = Vector(7);
        int length = cluster.Process == 0 ? Length - 1 : Length;
        using IGossipTransport transport = cluster.OpenGossip(new StarTopology(cluster.Processes), length, keepsEveryWeight: false);
        GossipAgent agent = new(transport, cluster.Process);
        if (cluster.Process == 0)
        {
            transport.Endpoint(0).Publish(Vector(1).AsSpan(1), 1);
        }
        else
        {
            Require.Soon(() => Hears(agent, parameters, refused: 1));
            Require.That(!parameters.AsSpan().ContainsAnyExcept(7));
        }

        cluster.Gather([], (_, _) => { });
    }

    private static bool Hears(AsynchronousGossip agent, float[] parameters, int refused)
    {
        agent.TryMix(parameters, 1, out GossipResult result);
        return result.Mixed || agent.Statistics.RefusedMessages == refused;
    }

    private static void Converse(ICluster cluster, IGossipEndpoint endpoint, int agents, int messages)
    {
        try
        {
            float[] parameters = new float[20_000];
            long[] last = new long[agents];
            for (int i = 1; i <= messages; i++)
            {
                Array.Fill(parameters, i + endpoint.Rank);
                endpoint.Publish(parameters, i);
                for (int peer = 0; peer < agents; peer++)
                {
                    if (peer != endpoint.Rank && endpoint.TryReceive(peer))
                    {
                        GossipMessage message = endpoint.Received(peer);
                        Require.That(message.Iteration > last[peer] && IsAll(message, message.Iteration + peer));
                        last[peer] = message.Iteration;
                    }
                }
            }
        }
        catch (InvalidOperationException exception)
        {
            Console.Error.WriteLine(exception);
            cluster.Abort(1);
        }
    }

    private static IEnumerable<int> Own(ICluster cluster, int agents) => Enumerable.Range(cluster.Process * agents, agents);

    private static float[] Vector(float value) => [.. Enumerable.Repeat(value, Length)];

    private static bool IsAll(GossipMessage message, float value) => !message.Parameters.ContainsAnyExcept(value);
}
