namespace Gala.Gossip.Tests;

public sealed class LateNetworkTests : GossipTransportContract
{
    protected override IGossipTransport Open(Topology topology, int parameterCount) => new SimulatedNetwork(
        topology, parameterCount, new NetworkConditions { Delay = DurationDistribution.LogNormal(1, TimeSpan.FromSeconds(1)) });

    protected override void Deliver(IGossipTransport transport)
    {
        SimulatedNetwork network = (SimulatedNetwork)transport;
        network.AdvanceTo(network.Now + TimeSpan.FromDays(1));
    }
}
