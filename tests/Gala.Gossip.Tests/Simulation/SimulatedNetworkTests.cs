namespace Gala.Gossip.Tests;

public sealed class SimulatedNetworkTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Message_UntilItsDelayIsOver_IsNotThere()
    {
        using SimulatedNetwork network = new(new RingTopology(2), 1, new NetworkConditions { Delay = DurationDistribution.Constant(3 * Second) });
        network.Endpoint(0).Publish([5], 1);
        Assert.Equal(3 * Second, network.NextArrival);
        network.AdvanceTo((3 * Second) - TimeSpan.FromTicks(1));
        Assert.False(network.Endpoint(1).TryReceive(0));
        network.AdvanceTo(3 * Second);
        Assert.True(network.Endpoint(1).TryReceive(0));
        Assert.Null(network.NextArrival);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Message_OvertakenByANewerOne_IsDroppedWhereOnlyTheLatestCounts(bool keepsEveryMessage)
    {
        NetworkConditions conditions = new() { Delay = DurationDistribution.Exponential(Second) };
        using SimulatedNetwork network = new(new RingTopology(2), 1, conditions, keepsEveryMessage);
        List<long> received = [];
        for (int iteration = 1; iteration <= 200; iteration++)
        {
            network.Endpoint(0).Publish([iteration], iteration);
        }

        while (network.NextArrival is { } next)
        {
            network.AdvanceTo(next);
            Assert.Equal(next, network.Now);
            if (network.Endpoint(1).TryReceive(0))
            {
                received.Add(network.Endpoint(1).Received(0).Iteration);
                Assert.Equal(received[^1], network.Endpoint(1).Received(0).Parameters[0]);
            }
        }

        bool ordered = received.SequenceEqual(received.Order());
        Assert.Equal(keepsEveryMessage ? 200 : received.Distinct().Count(), received.Count);
        Assert.Equal(keepsEveryMessage, network.KeepsEveryWeight);
        Assert.Equal(!keepsEveryMessage, ordered);
        Assert.Contains(200, received);
        Assert.InRange(received.Count, 2, 200);
    }

    [Fact]
    public void Loss_OfAQuarter_LosesAQuarter()
    {
        using SimulatedNetwork network = new(new RingTopology(2), 1, new NetworkConditions { Loss = 0.25, Seed = 3 }, keepsEveryMessage: true);
        for (int iteration = 1; iteration <= 10_000; iteration++)
        {
            network.Endpoint(0).Publish([0], iteration);
        }

        int received = 0;
        while (network.Endpoint(1).TryReceive(0))
        {
            received++;
        }

        Assert.Equal(10_000, network.MessagesSent);
        Assert.Equal(10_000 - received, network.MessagesLost);
        Assert.InRange(received, 7_500 - 173, 7_500 + 173); // four standard deviations, √(10,000 · 3/16) = 43.3
        Assert.False(network.KeepsEveryWeight);
    }

    [Fact]
    public void Partition_WhileItLasts_LosesWhatIsSentAcrossAndNothingElse()
    {
        NetworkPartition partition = new(10 * Second, 20 * Second, rank => rank / 2);
        using SimulatedNetwork network = new(new RingTopology(4), 1, new NetworkConditions { Partitions = [partition] });
        Assert.False(network.KeepsEveryWeight);
        foreach ((int seconds, bool crosses) in ((int, bool)[])[(9, true), (10, false), (19, false), (20, true)])
        {
            network.AdvanceTo(seconds * Second);
            network.Endpoint(0).Publish([0], seconds);
            network.Endpoint(1).Publish([0], seconds);
            Assert.True(network.Endpoint(1).TryReceive(0));
            Assert.Equal(crosses, network.Endpoint(2).TryReceive(1));
        }
    }

    [Fact]
    public void Fates_OfMessages_DoNotDependOnTheOrderOfSending()
    {
        NetworkConditions conditions = new() { Seed = 9, Loss = 0.3, Delay = DurationDistribution.LogNormal(1, Second) };
        Assert.Equal(Fates([0, 1, 2]), Fates([2, 0, 1]));

        HashSet<(int, long, TimeSpan)> Fates(int[] senders)
        {
            using SimulatedNetwork network = new(new RingTopology(3), 1, conditions, keepsEveryMessage: true);
            foreach (int sender in senders)
            {
                for (int iteration = 1; iteration <= 50; iteration++)
                {
                    network.Endpoint(sender).Publish([0], iteration);
                }
            }

            HashSet<(int, long, TimeSpan)> fates = [];
            while (network.NextArrival is { } next)
            {
                network.AdvanceTo(next);
                for (int receiver = 0; receiver < 3; receiver++)
                {
                    int sender = (receiver + 2) % 3;
                    while (network.Endpoint(receiver).TryReceive(sender))
                    {
                        fates.Add((receiver, network.Endpoint(receiver).Received(sender).Iteration, next));
                    }
                }
            }

            return fates;
        }
    }

    [Fact]
    public void Leave_WithMessagesUnderWay_IsHeardAfterAllOfThem()
    {
        NetworkConditions conditions = new() { Delay = DurationDistribution.LogNormal(2, Second), Seed = 4 };
        using SimulatedNetwork network = new(new RingTopology(2), 1, conditions, keepsEveryMessage: true);
        for (int iteration = 1; iteration <= 30; iteration++)
        {
            network.Endpoint(0).Publish([0], iteration);
        }

        network.Endpoint(0).Leave();
        int received = 0;
        while (network.NextArrival is { } next)
        {
            network.AdvanceTo(next);
            bool hasLeft = network.Endpoint(1).HasLeft(0);
            received += network.Endpoint(1).TryReceive(0) ? 1 : 0;
            Assert.False(hasLeft && received < 30);
        }

        Assert.True(network.Endpoint(1).HasLeft(0));
    }

    [Fact]
    public void PushSum_OnALossyNetwork_IsRefused()
    {
        using SimulatedNetwork lossy = new(new RingTopology(2), 1, new NetworkConditions { Loss = 0.1 }, keepsEveryMessage: true);
        using SimulatedNetwork latest = new(new RingTopology(2), 1);
        Assert.Throws<ArgumentException>(() => new PushSumAgent(lossy, 0));
        Assert.Throws<ArgumentException>(() => new PushSumAgent(latest, 0));
    }

    [Fact]
    public void Constructor_LossThatIsNoProbability_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedNetwork(new RingTopology(2), 1, new NetworkConditions { Loss = 1.5 }));
        using SimulatedNetwork network = new(new RingTopology(2), 1);
        network.AdvanceTo(Second);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.AdvanceTo(TimeSpan.Zero));
    }
}
