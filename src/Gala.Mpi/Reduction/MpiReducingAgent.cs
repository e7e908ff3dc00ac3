using Gala.Gossip;

namespace Gala.Mpi.Reduction;

/// <summary>One agent's part in <see cref="MpiReduction"/>.</summary>
internal sealed class MpiReducingAgent(MpiReduction reduction, int rank) : IGossip
{
    public GossipStatistics Statistics { get; } = new();

    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default) =>
        reduction.Exchange(rank, parameters, Statistics, cancellationToken);

    public void RequestStop() => reduction.RequestStop();

    public void Leave() => reduction.Leave();
}
