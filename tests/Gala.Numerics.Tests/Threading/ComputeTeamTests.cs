namespace Gala.Numerics.Tests.Threading;

public class ComputeTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Run_ManyRoundsOfUnevenLength_EveryShareRunsOnceAndIsSeen(int threads)
    {
        using ComputeTeam team = new(threads);
        Random random = new(threads);
        int[] inputs = new int[threads];
        int[] results = new int[threads]; // not volatile: the team's own ordering must do
        int[] pauses = new int[threads];
        void Double(Share share)
        {
            Assert.Equal(threads, share.Count);
            Thread.SpinWait(pauses[share.Index]);
            results[share.Index] += 2 * inputs[share.Index];
        }

        Action<Share> work = Double;
        for (int round = 1; round <= 3_000; round++)
        {
            for (int i = 0; i < threads; i++)
            {
                (inputs[i], results[i], pauses[i]) = (random.Next(1_000), 0, random.Next(8) == 0 ? random.Next(5_000) : random.Next(20));
            }

            Thread.SpinWait(random.Next(50) == 0 ? 20_000 : 0); // now and then long enough for the others to fall asleep
            team.Run(work);
            Assert.All(results, (result, i) => Assert.Equal(2 * inputs[i], result));
        }
    }

    [Fact]
    public void Run_OnSeveralTeamsAtOnce_EachDoesItsOwnWork()
    {
        long[] sums = new long[4];
        Thread[] callers = [.. Enumerable.Range(0, sums.Length).Select(i => new Thread(() =>
        {
            using ComputeTeam team = new(2);
            Action<Share> add = share => Interlocked.Add(ref sums[i], share.Index + 1);
            for (int round = 0; round < 500; round++)
            {
                team.Run(add);
            }
        }))];
        foreach (Thread caller in callers)
        {
            caller.Start();
        }

        foreach (Thread caller in callers)
        {
            caller.Join();
        }

        Assert.All(sums, sum => Assert.Equal(500 * 3, sum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_AShareFails_ThrowsAfterTheOthersAndGoesOn(int failing)
    {
        using ComputeTeam team = new(3);
        int done = 0;
        void Fail(Share share)
        {
            if (share.Index == failing)
            {
                throw new FormatException("broken");
            }

            Thread.SpinWait(10_000);
            Interlocked.Increment(ref done);
        }

        for (int round = 1; round <= 5; round++)
        {
            Assert.Equal("broken", Assert.Throws<FormatException>(() => team.Run(Fail)).Message);
            Assert.Equal(2 * round, done);
        }

        team.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(13, done);
    }

    [Fact]
    public void Run_FromAShare_ThrowsInsteadOfWaitingForEver()
    {
        using ComputeTeam team = new(2);
        Assert.Throws<InvalidOperationException>(() => team.Run(share =>
        {
            if (share.Index == 0)
            {
                team.Run(_ => { });
            }
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_AfterTheFirst_AllocatesNothing(int threads)
    {
        using ComputeTeam team = new(threads);
        long[] allocated = new long[threads];
        Action<Share> measure = share => allocated[share.Index] = GC.GetAllocatedBytesForCurrentThread();
        long[] before = new long[threads];
        team.Run(measure);
        team.Run(measure);
        allocated.CopyTo(before);
        for (int round = 0; round < 200; round++)
        {
            Thread.SpinWait(round % 20 == 0 ? 50_000 : 0);
            team.Run(measure);
        }

        Assert.Equal(before, allocated);
    }

    [Fact]
    public void Dispose_IdleOrAsleepOrTwice_EndsTheThreads()
    {
        for (int i = 0; i < 50; i++)
        {
            ComputeTeam team = new(3);
            team.Run(_ => { });
            Thread.SpinWait(i * 2_000);
            team.Dispose();
            team.Dispose();
            Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
        }
    }

    [Fact]
    public void Constructor_NoThreads_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new ComputeTeam(0));
}
