using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>What all processes do in step.</summary>
internal static class ReductionPrograms
{
    public static void GatherKeepsTheOrder(ICluster cluster)
    {
        List<int> heard = [];
        byte[] content = new byte[cluster.Process * 300_000];
        Array.Fill(content, (byte)cluster.Process);
        cluster.Gather(content, (process, bytes) =>
        {
            Require.That(bytes.Length == process * 300_000 && !bytes.Span.ContainsAnyExcept((byte)process));
            heard.Add(process);
        });
        Require.That(cluster.Process != 0 || heard.SequenceEqual(Enumerable.Range(0, cluster.Processes)));
    }

    /// <summary>Against <see cref="TreeReduction"/> over as many agents, to the bit, in several rounds.</summary>
    public static void EqualsTheTreeOfOneProcess(ICluster cluster, int agents)
    {
        const int Rounds = 3, Length = 100_003;
        int count = agents * cluster.Processes;
        using IReduction reduction = cluster.OpenReduction(agents, Length);
        for (int round = 1; round <= Rounds; round++)
        {
            float[][] vectors = [.. Enumerable.Range(0, count).Select(rank => Draw(rank, round, Length))];
            float[][] expected = [.. vectors.Select(vector => (float[])vector.Clone())];
            using TreeReduction tree = new(count, Length);
            Together(count, rank => tree.Agent(rank).Exchange(expected[rank], round));
            int first = cluster.Process * agents;
            Together(agents, rank => Require.That(!reduction.Agent(rank).Exchange(vectors[first + rank], round).Stop));
            for (int rank = first; rank < first + agents; rank++)
            {
                Require.That(vectors[rank].AsSpan().SequenceEqual(expected[0]));
            }
        }
    }

    public static void StopsAllInTheSameRound(ICluster cluster)
    {
        using IReduction reduction = cluster.OpenReduction(agents: 2, length: 5);
        int[] rounds = new int[2];
        Together(2, rank =>
        {
            float[] vector = new float[5];
            bool stop = false;
            while (!stop)
            {
                rounds[rank]++;
                if (rounds[rank] == 4 && rank == 1 && cluster.Process == cluster.Processes - 1)
                {
                    reduction.Agent(rank).RequestStop();
                }

                stop = reduction.Agent(rank).Exchange(vector, rounds[rank]).Stop;
            }
        });
        Require.That(rounds[0] == rounds[1] && rounds[0] is 4);
    }

    private static void Together(int count, Action<int> act)
    {
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                act(rank);
            }
            catch (InvalidOperationException exception)
            {
                failure = exception;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    private static float[] Draw(int rank, int round, int length)
    {
        Random random = new((1_000 * round) + rank);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
