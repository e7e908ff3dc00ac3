using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>The newest parameters that came from a learner in another process.</summary>
/// <remarks>An actor that copies them holds up the others of its process that want to, for as long as the copy takes; never who sends or receives.
/// Pulling allocates nothing.</remarks>
/// <param name="endpoint">Endpoint of this process.</param>
/// <param name="learner">Rank of the learner's endpoint.</param>
/// <param name="queue">Queue that the actors fill: once it is closed, nobody waits for parameters any more.</param>
public sealed class ReceivedParameters(IGossipEndpoint endpoint, int learner, TrajectoryQueue queue) : IParameterSource
{
    private readonly Lock _gate = new(); // an endpoint is for one thread at a time

    /// <inheritdoc />
    /// <remarks>Waits until the first have come; where the learner or the run ends before, what is in <paramref name="destination"/> stays.</remarks>
    public long Pull(Span<float> destination)
    {
        lock (_gate)
        {
            SpinWait spin = default;
            bool hasLeft = endpoint.HasLeft(learner);
            while (!endpoint.TryReceive(learner) && !endpoint.Received(learner).Exists && !hasLeft && !queue.IsClosed)
            {
                spin.SpinOnce();
                hasLeft = endpoint.HasLeft(learner);
            }

            GossipMessage newest = endpoint.Received(learner);
            if (newest.Exists)
            {
                newest.Parameters.CopyTo(destination);
            }

            return newest.Iteration;
        }
    }
}
