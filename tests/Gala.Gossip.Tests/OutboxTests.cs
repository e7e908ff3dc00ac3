namespace Gala.Gossip.Tests;

/// <summary>Tries messages that are written once for several edges, each with a reader of its own pace.</summary>
public sealed class OutboxTests
{
    private const int Length = 19;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(7, 4)]
    public void Publish_ToRandomEdgesWithReadersOfAnyPace_AlwaysHasAFreeSlotAndOverwritesNoMessageThatIsHeld(int edges, int seed)
    {
        Random random = new(seed);
        using Outbox outbox = new(Length, MessageFormat.Exact, edges);
        Mailbox[] mailboxes = [.. Enumerable.Range(0, edges).Select(_ => new Mailbox(outbox))];
        long[] latest = new long[edges], held = Enumerable.Repeat(GossipMessage.None, edges).ToArray();
        for (int iteration = 1; iteration <= 3_000; iteration++)
        {
            Assert.True(outbox.Free > 0);
            outbox.Write(Enumerable.Repeat((float)iteration, Length).ToArray(), iteration, weight: 1);
            int slot = outbox.Post();
            for (int edge = 0; edge < edges; edge++)
            {
                if (random.Next(2) == 0)
                {
                    bool untaken = mailboxes[edge].IsFresh;
                    mailboxes[edge].Publish(slot);
                    AssertHolds(mailboxes[edge].Replaced, untaken ? latest[edge] : GossipMessage.None);
                    latest[edge] = iteration;
                }
            }

            outbox.Release(slot);
            for (int edge = 0; edge < edges; edge++)
            {
                if (random.Next(3) == 0)
                {
                    Assert.Equal(latest[edge] > Math.Max(held[edge], 0), mailboxes[edge].TryTake());
                    held[edge] = latest[edge] > 0 ? latest[edge] : held[edge];
                }

                AssertHolds(mailboxes[edge].Current, held[edge]);
            }
        }
    }

    [Fact]
    public void Free_OnceEveryReaderHasTakenTheLatest_IsAllButOneSlot()
    {
        using Outbox outbox = new(Length, MessageFormat.Exact, edges: 3);
        Mailbox[] mailboxes = [.. Enumerable.Range(0, 3).Select(_ => new Mailbox(outbox))];
        for (int iteration = 1; iteration <= 5; iteration++)
        {
            outbox.Write(new float[Length], iteration, weight: 1);
            int slot = outbox.Post();
            Array.ForEach(mailboxes, mailbox => mailbox.Publish(slot));
            outbox.Release(slot);
            Assert.All(mailboxes, mailbox => Assert.True(mailbox.TryTake()));
        }

        Assert.Equal(5, outbox.Free); // of 7: the fourth message still lies between the sides, the fifth is read by all
    }

    [Fact]
    public void Publish_OfAnEndpointWithTwoOutPeers_GivesBothTheSameMemory()
    {
        using MailboxTransport transport = new(new CompleteTopology(3), Length);
        transport.Endpoint(0).Publish(new float[Length], iteration: 1);
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.True(transport.Endpoint(2).TryReceive(0));
        Assert.True(transport.Endpoint(1).Received(0).Parameters == transport.Endpoint(2).Received(0).Parameters);
    }

    private static void AssertHolds(GossipMessage message, long iteration)
    {
        Assert.Equal(iteration, message.Iteration);
        if (iteration != GossipMessage.None)
        {
            Assert.All(message.Parameters.ToArray(), element => Assert.Equal(iteration, element));
        }
    }
}
