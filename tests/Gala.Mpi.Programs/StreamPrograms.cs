using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>What a stream of frames must keep. Process 0 empties them, all others fill them.</summary>
internal static class StreamPrograms
{
    private const int Own = 3; // frames of a process that fills them
    private const int Small = 200; // bytes, which libraries send before the receiver has agreed
    private const int Large = 300_000; // and which not

    public static void EveryFrameArrivesOnceWholeAndInOrder(ICluster cluster)
    {
        foreach (int length in (int[])[Small, Large])
        {
            Exchange(cluster, length, count: length == Small ? 400 : 40);
        }
    }

    /// <summary>Nobody empties: process 0 gets as many as it has frames, however short they are, and no more is given back where they are filled.</summary>
    public static void FillersWaitForWhoEmpties(ICluster cluster)
    {
        int others = cluster.Processes - 1;
        int frames = cluster.Process == 0 ? 4 + others : Own;
        using NumberedFrames mine = new(frames, Small);
        using IDisposable? stream = cluster.OpenStream(mine);
        int filled = 0;
        Task filling = Task.Run(() =>
        {
            while (cluster.Process > 0 && !mine.IsClosed)
            {
                filled += TryFill(cluster.Process, filled, mine) ? 1 : 0;
                Thread.Yield();
            }
        });
        if (cluster.Process == 0)
        {
            Require.Soon(() => mine.Full == frames - others);
        }

        _ = cluster.Broadcast([]);
        int received = 0;
        cluster.Gather(BitConverter.GetBytes(mine.GivenBack), (_, bytes) => received += BitConverter.ToInt32(bytes.Span));
        Require.That(cluster.Process != 0 || (received <= frames && mine.Full == frames - others));
        mine.Close();
        filling.Wait();
        Require.That(filled <= mine.GivenBack + Own);
    }

    public static void WhoeverClosesClosesAll(ICluster cluster)
    {
        for (int first = 0; first < cluster.Processes; first++)
        {
            using NumberedFrames mine = new(cluster.Process == 0 ? cluster.Processes : Own, Large);
            using IDisposable? stream = cluster.OpenStream(mine);
            while (cluster.Process > 0 && mine.GivenBack == 0 && !mine.IsClosed)
            {
                _ = TryFill(cluster.Process, 0, mine) || Thread.Yield();
            }

            if (cluster.Process == first)
            {
                Require.Soon(() => cluster.Process > 0 || mine.Full > 0);
                mine.Close();
            }

            Require.Soon(() =>
            {
                _ = first > 0 && cluster.Process == 0 ? TryEmpty(mine) : null; // process 0 hears it behind what was sent before
                return mine.IsClosed;
            });
        }
    }

    public static void ExchangesAllocateNothing(ICluster cluster)
    {
        const int Frames = 1_000, BytesOfOne = 8; // the least that anything costs is 24
        using NumberedFrames mine = new(cluster.Process == 0 ? cluster.Processes + 2 : Own, Small);
        using IDisposable? stream = cluster.OpenStream(mine);
        long before = 0;
        int target = cluster.Process == 0 ? Frames * (cluster.Processes - 1) : Frames;
        for (int done = 0; done < target;)
        {
            bool moved = cluster.Process == 0 ? TryEmpty(mine) is not null : TryFill(cluster.Process, done, mine);
            done += moved ? 1 : 0;
            _ = moved || Thread.Yield();
            before = moved && done == target / 2 ? GC.GetTotalAllocatedBytes(precise: true) : before; // of all threads
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Require.That(allocated < target / 2 * BytesOfOne);
        _ = cluster.Broadcast([]); // whoever fills closes when all has arrived
    }

    private static void Exchange(ICluster cluster, int length, int count)
    {
        using NumberedFrames mine = new(cluster.Process == 0 ? cluster.Processes + 2 : Own, length);
        using IDisposable? stream = cluster.OpenStream(mine);
        Random pauses = new(cluster.Process);
        int[] next = new int[cluster.Processes];
        for (int done = 0; done < (cluster.Process == 0 ? count * (cluster.Processes - 1) : count);)
        {
            if (cluster.Process > 0)
            {
                done += TryFill(cluster.Process, done, mine) ? 1 : 0;
            }
            else if (TryEmpty(mine) is { } process)
            {
                next[process]++;
                done++;
            }

            Thread.SpinWait(pauses.Next(10) == 0 ? 20_000 : 10);
            Thread.Yield();
        }

        Require.That(next.Skip(1).All(one => one == (cluster.Process == 0 ? count : 0)));
        _ = cluster.Broadcast([]); // whoever fills closes when all has arrived

        int? TryEmpty(NumberedFrames frames)
        {
            if (frames.TryTakeFull() is not NumberedFrame full)
            {
                return null;
            }

            int process = full.Process;
            Require.That(full.IsWhole() && full.Number == next[process]);
            frames.GiveBack(full);
            return process;
        }
    }

    private static bool TryFill(int process, int number, NumberedFrames frames)
    {
        if (frames.TryTakeEmpty() is not NumberedFrame empty)
        {
            return false;
        }

        empty.Fill(process, number);
        frames.Add(empty);
        return true;
    }

    private static NumberedFrame? TryEmpty(NumberedFrames frames)
    {
        NumberedFrame? full = (NumberedFrame?)frames.TryTakeFull();
        if (full is not null)
        {
            frames.GiveBack(full);
        }

        return full;
    }
}
