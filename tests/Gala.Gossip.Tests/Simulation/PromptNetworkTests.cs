namespace Gala.Gossip.Tests;

public sealed class PromptNetworkTests : GossipTransportContract
{
    protected override IGossipTransport Open(Topology topology, int parameterCount) => new SimulatedNetwork(topology, parameterCount);
}
