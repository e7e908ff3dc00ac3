namespace Gala.Gossip.Tests;

public sealed class MailboxTests
{
    [Fact]
    public void TryTake_BeforeAnyMessage_FindsNothing()
    {
        using Mailbox mailbox = new(3);
        Assert.False(mailbox.TryTake());
        Assert.Equal(GossipMessage.None, mailbox.Current.Iteration);
    }

    [Fact]
    public void TryTake_AfterOneMessage_TakesItOnceAndKeepsIt()
    {
        using Mailbox mailbox = new(3);
        mailbox.Publish([1, 2, 3], iteration: 7);
        Assert.True(mailbox.TryTake());
        Assert.False(mailbox.TryTake());
        Assert.Equal([1f, 2, 3], mailbox.Current.Parameters.ToArray());
        Assert.Equal(7, mailbox.Current.Iteration);
    }

    [Fact]
    public void TryTake_AfterManyMessages_TakesTheLatestOnly()
    {
        using Mailbox mailbox = new(1);
        for (int i = 1; i <= 5; i++)
        {
            mailbox.Publish([i], i);
        }

        Assert.True(mailbox.TryTake());
        Assert.Equal(5, mailbox.Current.Iteration);
        Assert.False(mailbox.TryTake());
    }

    [Fact]
    public void Publish_WhileAMessageIsRead_LeavesItAlone()
    {
        using Mailbox mailbox = new(2);
        mailbox.Publish([1, 1], 1);
        Assert.True(mailbox.TryTake());
        GossipMessage held = mailbox.Current;
        for (int i = 2; i <= 9; i++)
        {
            mailbox.Publish([i, i], i);
        }

        Assert.Equal([1f, 1], held.Parameters.ToArray());
        Assert.True(mailbox.TryTake());
        Assert.Equal([9f, 9], mailbox.Current.Parameters.ToArray());
    }

    [Fact]
    public void Close_AfterTheLastMessage_LeavesItToBeTaken()
    {
        using Mailbox mailbox = new(1);
        mailbox.Publish([4], 4);
        mailbox.Close();
        Assert.True(mailbox.IsClosed);
        Assert.True(mailbox.TryTake());
        Assert.Equal(4, mailbox.Current.Iteration);
    }

    [Fact]
    public void Reopen_AfterClose_GoesOn()
    {
        using Mailbox mailbox = new(1);
        mailbox.Close();
        mailbox.Reopen();
        mailbox.Publish([4], 4);
        Assert.False(mailbox.IsClosed);
        Assert.True(mailbox.TryTake());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Publish_WrongLength_Throws(int length)
    {
        using Mailbox mailbox = new(3);
        Assert.Throws<ArgumentException>(() => mailbox.Publish(new float[length], 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    public void Slots_OfAnyLength_DoNotOverlap(int length)
    {
        using Mailbox mailbox = new(length);
        float[] first = Enumerable.Repeat(1f, length).ToArray();
        float[] second = Enumerable.Repeat(2f, length).ToArray();
        mailbox.Publish(first, 1);
        Assert.True(mailbox.TryTake());
        mailbox.Publish(second, 2);
        mailbox.Publish(second, 3);
        Assert.Equal(first, mailbox.Current.Parameters.ToArray());
    }

    [Fact]
    public void PublishAndTake_InSteadyState_AllocateNothing()
    {
        using Mailbox mailbox = new(1000);
        float[] parameters = new float[1000];
        mailbox.Publish(parameters, 1);
        mailbox.TryTake();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 2; i < 100; i++)
        {
            mailbox.Publish(parameters, i);
            mailbox.TryTake();
            _ = mailbox.Current.Parameters[0];
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(1, 200_000)]
    [InlineData(257, 100_000)]
    [InlineData(4_675, 20_000)]
    public void WriterAgainstReader_ManyMessages_NeverTornAlwaysNewerAndTheLastArrives(int length, int messages)
    {
        using Mailbox mailbox = new(length);
        Thread writer = new(() =>
        {
            float[] parameters = new float[length];
            for (int i = 1; i <= messages; i++)
            {
                Array.Fill(parameters, i); // exact in single precision below 2²⁴
                mailbox.Publish(parameters, i);
            }

            mailbox.Close();
        });
        writer.Start();
        (long last, long faults) = ReadUntilClosed(mailbox);
        writer.Join();
        Assert.Equal(0, faults);
        Assert.Equal(messages, last);
    }

    private static (long Last, long Faults) ReadUntilClosed(Mailbox mailbox)
    {
        long last = 0;
        long faults = 0;
        bool closed;
        do
        {
            closed = mailbox.IsClosed;
            if (mailbox.TryTake())
            {
                GossipMessage message = mailbox.Current;
                bool whole = !message.Parameters.ContainsAnyExcept((float)message.Iteration);
                faults += whole && message.Iteration > last ? 0 : 1;
                last = message.Iteration;
            }
        }
        while (!closed);
        return (last, faults);
    }
}
