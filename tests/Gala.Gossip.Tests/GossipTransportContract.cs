namespace Gala.Gossip.Tests;

/// <summary>What every transport must keep; a transport's tests derive from it and say how to open one and how messages get across.</summary>
public abstract class GossipTransportContract
{
    private const int Length = 5;

    [Fact]
    public void Publish_OnARing_ReachesTheNextAgentOnly()
    {
        using IGossipTransport transport = Open(new RingTopology(3), Length);
        transport.Endpoint(0).Publish(Vector(1), 1);
        Deliver(transport);
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(Vector(1), transport.Endpoint(1).Received(0).Parameters.ToArray());
        Assert.Equal(1, transport.Endpoint(1).Received(0).Iteration);
        Assert.False(transport.Endpoint(0).TryReceive(2));
        Assert.False(transport.Endpoint(2).TryReceive(1));
    }

    [Fact]
    public void Publish_OnTheCompleteGraph_ReachesEverybody()
    {
        using IGossipTransport transport = Open(new CompleteTopology(4), Length);
        transport.Endpoint(2).Publish(Vector(8), 3);
        Deliver(transport);
        Assert.All(
            (int[])[0, 1, 3],
            rank => Assert.True(transport.Endpoint(rank).TryReceive(2) && transport.Endpoint(rank).Received(2).Parameters[^1] == 8));
    }

    [Fact]
    public void Publish_OnAGraphThatChanges_ReachesThePeersOfTheMessagesRoundOnly()
    {
        using IGossipTransport transport = Open(new OnePeerExponentialTopology(4), Length); // to i + 1 in even rounds, to i + 2 in odd ones
        transport.Endpoint(1).Publish(Vector(5), 7);
        Deliver(transport);
        Assert.False(transport.Endpoint(2).TryReceive(1));
        Assert.True(transport.Endpoint(3).TryReceive(1));
        Assert.Equal(7, transport.Endpoint(3).Received(1).Iteration);
        Assert.Throws<ArgumentException>(() => transport.Endpoint(0).TryReceive(1)); // in no round
    }

    [Fact]
    public void TryReceive_SeveralMessages_TakesTheNewestOnce()
    {
        using IGossipTransport transport = Open(new RingTopology(2), Length);
        transport.Endpoint(0).Publish(Vector(1), 1);
        transport.Endpoint(0).Publish(Vector(2), 2);
        Deliver(transport);
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(2, transport.Endpoint(1).Received(0).Iteration);
        Assert.False(transport.Endpoint(1).TryReceive(0));
    }

    [Fact]
    public void Publish_ThenChangeTheVector_SendsACopy()
    {
        using IGossipTransport transport = Open(new RingTopology(2), Length);
        float[] parameters = Vector(1);
        transport.Endpoint(0).Publish(parameters, 1);
        Array.Fill(parameters, 99);
        Deliver(transport);
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(Vector(1), transport.Endpoint(1).Received(0).Parameters.ToArray());
    }

    [Fact]
    public void Received_WhileNewerOnesArrive_StaysUntilTheNextIsTaken()
    {
        using IGossipTransport transport = Open(new RingTopology(2), Length);
        transport.Endpoint(0).Publish(Vector(1), 1);
        Deliver(transport);
        Assert.True(transport.Endpoint(1).TryReceive(0));
        for (int i = 2; i < 6; i++)
        {
            transport.Endpoint(0).Publish(Vector(i), i);
            Deliver(transport);
        }

        Assert.Equal(Vector(1), transport.Endpoint(1).Received(0).Parameters.ToArray());
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.Equal(Vector(5), transport.Endpoint(1).Received(0).Parameters.ToArray());
    }

    [Fact]
    public void Received_BeforeTheFirstMessage_SaysThatThereIsNone()
    {
        using IGossipTransport transport = Open(new RingTopology(2), Length);
        Assert.Equal(GossipMessage.None, transport.Endpoint(0).Received(1).Iteration);
    }

    [Fact]
    public void Leave_AfterAMessage_IsSeenAndTheMessageStillComes()
    {
        using IGossipTransport transport = Open(new RingTopology(3), Length);
        Assert.False(transport.Endpoint(1).HasLeft(0));
        transport.Endpoint(0).Publish(Vector(3), 3);
        transport.Endpoint(0).Leave();
        transport.Endpoint(0).Leave();
        Deliver(transport);
        Assert.True(transport.Endpoint(1).HasLeft(0));
        Assert.True(transport.Endpoint(1).TryReceive(0));
        Assert.False(transport.Endpoint(2).HasLeft(1));
    }

    [Fact]
    public void Publish_OneAgentAlone_ReachesNobody()
    {
        using IGossipTransport transport = Open(new RingTopology(1), Length);
        transport.Endpoint(0).Publish(Vector(1), 1);
        transport.Endpoint(0).Leave();
    }

    [Fact]
    public void NotAnInPeer_Asked_ThrowsNamingIt()
    {
        using IGossipTransport transport = Open(new RingTopology(3), Length);
        IGossipEndpoint endpoint = transport.Endpoint(0);
        Assert.Equal("inPeer", Assert.Throws<ArgumentException>(() => endpoint.TryReceive(1)).ParamName);
        Assert.Equal("inPeer", Assert.Throws<ArgumentException>(() => endpoint.Received(0).Iteration).ParamName);
        Assert.Equal("inPeer", Assert.Throws<ArgumentException>(() => endpoint.HasLeft(-1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => transport.Endpoint(3));
    }

    [Fact]
    public void Publish_WrongLength_Throws()
    {
        using IGossipTransport transport = Open(new RingTopology(2), Length);
        Assert.Throws<ArgumentException>(() => transport.Endpoint(0).Publish(new float[Length + 1], 1));
    }

    [Fact]
    public void PublishAndReceive_InSteadyState_AllocateNothing()
    {
        using IGossipTransport transport = Open(new CompleteTopology(3), Length);
        float[] parameters = Vector(1);
        Round(transport, parameters, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(transport, parameters, 2);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Agents_OnTheirOwnThreads_GetWholeMessagesInOrder()
    {
        const int Agents = 4, Messages = 5_000;
        using IGossipTransport transport = Open(new CompleteTopology(Agents), parameterCount: 300);
        long[] faults = new long[Agents];
        Thread[] threads = [.. Enumerable.Range(0, Agents).Select(rank =>
            new Thread(() => faults[rank] = Converse(transport.Endpoint(rank), Agents, Messages)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(faults, count => Assert.Equal(0, count));
    }

    /// <summary>A transport for the test to dispose of.</summary>
    protected abstract IGossipTransport Open(Topology topology, int parameterCount);

    /// <summary>Lets what was sent arrive, where that does not happen by itself.</summary>
    protected virtual void Deliver(IGossipTransport transport)
    {
    }

    private static long Converse(IGossipEndpoint endpoint, int agents, int messages)
    {
        float[] parameters = new float[300];
        long[] last = new long[agents];
        long faults = 0;
        for (int i = 1; i <= messages; i++)
        {
            Array.Fill(parameters, i + endpoint.Rank);
            endpoint.Publish(parameters, i);
            for (int peer = 0; peer < agents; peer++)
            {
                if (peer != endpoint.Rank && endpoint.TryReceive(peer))
                {
                    GossipMessage message = endpoint.Received(peer);
                    bool whole = !message.Parameters.ContainsAnyExcept((float)(message.Iteration + peer));
                    faults += whole && message.Iteration > last[peer] ? 0 : 1;
                    last[peer] = message.Iteration;
                }
            }
        }

        return faults;
    }

    private static void Round(IGossipTransport transport, float[] parameters, long iteration)
    {
        transport.Endpoint(0).Publish(parameters, iteration);
        transport.Endpoint(1).TryReceive(0);
        _ = transport.Endpoint(1).Received(0).Parameters[0];
        _ = transport.Endpoint(1).HasLeft(0);
    }

    private static float[] Vector(float value) => [.. Enumerable.Repeat(value, Length)];
}
