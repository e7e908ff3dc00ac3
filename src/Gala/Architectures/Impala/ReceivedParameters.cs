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
    private readonly List<Action> _wakeUps = []; // of the actors; complete before the first use

    /// <inheritdoc />
    /// <remarks>True also where the learner or the run has ended before the first came.</remarks>
    public bool IsReady
    {
        get
        {
            lock (_gate)
            {
                bool hasLeft = endpoint.HasLeft(learner); // before receiving: nothing comes after that
                return endpoint.TryReceive(learner) || endpoint.Received(learner).Exists || hasLeft || queue.IsClosed;
            }
        }
    }

    /// <inheritdoc />
    public Action? WakeUp
    {
        set
        {
            _wakeUps.Add(value!);
            endpoint.WakeUp = () => _wakeUps.ForEach(wakeUp => wakeUp());
        }
    }

    /// <inheritdoc />
    public long Pull(Span<float> destination)
    {
        lock (_gate)
        {
            _ = endpoint.TryReceive(learner);
            GossipMessage newest = endpoint.Received(learner);
            if (newest.Exists)
            {
                newest.Parameters.CopyTo(destination);
            }

            return newest.Iteration;
        }
    }
}
