namespace Gala.Gossip.Tests;

public sealed class ParameterSnapshotsTests
{
    [Fact]
    public void TryTake_BeforeAnyRequest_IsFalse()
    {
        using ParameterSnapshots snapshots = new(2, 1);
        snapshots.Offer(0, [1], 1);
        snapshots.Offer(1, [1], 1);
        Assert.False(snapshots.TryTake());
    }

    [Fact]
    public void TryTake_OnceEveryAgentHasAnswered_GivesTheirParameters()
    {
        using ParameterSnapshots snapshots = new(2, 1);
        snapshots.Request();
        snapshots.Offer(0, [3], 30);
        Assert.False(snapshots.TryTake());
        snapshots.Offer(1, [4], 40);
        Assert.True(snapshots.TryTake());
        Assert.Equal((3, 4), (snapshots.Parameters(0)[0], snapshots.Parameters(1)[0]));
        Assert.Equal((30, 40), (snapshots.Update(0), snapshots.Update(1)));
    }

    [Fact]
    public void TryTake_TheOneThatHasNotAnsweredIsExcused_GivesTheOthersParameters()
    {
        using ParameterSnapshots snapshots = new(agents: 3, parameterCount: 2);
        snapshots.Request();
        snapshots.Offer(0, [1, 2], update: 5);
        snapshots.Offer(2, [3, 4], update: 6);

        Assert.False(snapshots.TryTake(rank => rank == 0));
        Assert.True(snapshots.TryTake(rank => rank == 1));
        Assert.Equal([1f, 2], snapshots.Parameters(0).ToArray());
        Assert.Equal([3f, 4], snapshots.Parameters(2).ToArray());
    }

    [Fact]
    public void Offer_SecondTimeForOneRequest_CopiesNothing()
    {
        using ParameterSnapshots snapshots = new(1, 1);
        snapshots.Request();
        snapshots.Offer(0, [3], 1);
        snapshots.Offer(0, [4], 2);
        Assert.True(snapshots.TryTake());
        Assert.Equal(3, snapshots.Parameters(0)[0]);
        snapshots.Request();
        Assert.False(snapshots.TryTake());
        snapshots.Offer(0, [5], 3);
        Assert.True(snapshots.TryTake());
        Assert.Equal(5, snapshots.Parameters(0)[0]);
    }

    [Fact]
    public void Finish_AnswersEveryLaterRequest()
    {
        using ParameterSnapshots snapshots = new(2, 1);
        snapshots.Finish(1, [9], 90);
        snapshots.Finish(1, [10], 100); // a second one does nothing
        for (int update = 1; update <= 3; update++)
        {
            snapshots.Request();
            Assert.False(snapshots.TryTake());
            snapshots.Offer(0, [update], update);
            Assert.True(snapshots.TryTake());
            Assert.Equal((update, 9), (snapshots.Parameters(0)[0], snapshots.Parameters(1)[0]));
            Assert.Equal(90, snapshots.Update(1));
        }
    }

    [Fact]
    public void Finish_WhileTheMonitorReads_DoesNotDisturbTheSet()
    {
        using ParameterSnapshots snapshots = new(1, 1);
        snapshots.Request();
        snapshots.Offer(0, [3], 1);
        Assert.True(snapshots.TryTake());
        snapshots.Finish(0, [9], 2);
        Assert.Equal(3, snapshots.Parameters(0)[0]);
    }

    [Fact]
    public void Offer_WrongLength_Throws()
    {
        using ParameterSnapshots snapshots = new(1, 2);
        snapshots.Request();
        Assert.Throws<ArgumentException>(() => snapshots.Offer(0, [1], 1));
        Assert.Throws<ArgumentException>(() => snapshots.Finish(0, [1], 1));
    }

    [Fact]
    public void OfferAndTake_InSteadyState_AllocateNothing()
    {
        using ParameterSnapshots snapshots = new(1, 100);
        float[] parameters = new float[100];
        Round(snapshots, parameters, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(snapshots, parameters, 2);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(1, 500)] // with a core for each side, the monitor sees an answer the moment it is given
    [InlineData(3, 50)]
    public void MonitorAgainstAgents_ManyRequests_ReadsOnlyWholeVectors(int agents, int requests)
    {
        const int Length = 100_000;
        using ParameterSnapshots snapshots = new(agents, Length);
        bool stop = false;
        Thread[] threads = [.. Enumerable.Range(0, agents).Select(rank => new Thread(() =>
        {
            float[] parameters = new float[Length];
            for (int update = 1; ; update++)
            {
                Array.Fill(parameters, update % 1_000_000);
                if (Volatile.Read(ref stop) || (rank == 2 && update == 200)) // one of them finishes early
                {
                    snapshots.Finish(rank, parameters, update);
                    return;
                }

                snapshots.Offer(rank, parameters, update);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        long faults = 0;
        long[] last = new long[agents];
        for (int request = 0; request < requests; request++)
        {
            snapshots.Request();
            while (!snapshots.TryTake())
            {
                Thread.SpinWait(1);
            }

            for (int rank = 0; rank < agents; rank++)
            {
                bool whole = !snapshots.Parameters(rank).ContainsAnyExcept((float)(snapshots.Update(rank) % 1_000_000));
                faults += whole && snapshots.Update(rank) >= last[rank] ? 0 : 1;
                last[rank] = snapshots.Update(rank);
            }
        }

        Volatile.Write(ref stop, true);
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, faults);
    }

    private static void Round(ParameterSnapshots snapshots, float[] parameters, long update)
    {
        snapshots.Request();
        snapshots.Offer(0, parameters, update);
        Assert.True(snapshots.TryTake());
    }
}
