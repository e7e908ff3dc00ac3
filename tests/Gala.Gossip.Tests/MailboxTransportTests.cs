namespace Gala.Gossip.Tests;

public sealed class MailboxTransportTests : GossipTransportContract
{
    protected override IGossipTransport Open(Topology topology, int parameterCount) => new MailboxTransport(topology, parameterCount);
}
