using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>What joins actors to their learner, which may be in another process.</summary>
internal sealed class ImpalaLinks : IProcessExchange
{
    private readonly IGossipTransport? _transport; // of parameters; null in a single process
    private IDisposable? _stream; // of trajectories; likewise, and once it is closed

    /// <param name="options">Complete.</param>
    /// <param name="environment">What is played.</param>
    /// <param name="network">One of the run's, whose parameters travel.</param>
    /// <param name="cluster">All processes, of which number 0 has the learner.</param>
    public ImpalaLinks(RunOptions options, EnvironmentSpec environment, ManagedActorCritic network, ICluster cluster)
    {
        int others = cluster.Processes - 1;
        int count = cluster.Process == 0 ? options.Queue!.Value - (others * options.Agents!.Value) : options.Agents!.Value;
        Queue = new TrajectoryQueue(
            [.. Enumerable.Range(0, count).Select(_ => NewTrajectory())],
            options.Agents!.Value + (cluster.Process == 0 ? others : 0),
            NewTrajectory);
        Store = new ParameterStore(network.Parameters.Length);
        if (others > 0)
        {
            _transport = cluster.OpenGossip(new LearnerToOthers(cluster.Processes), network.Parameters.Length, keepsEveryWeight: false);
            Endpoint = _transport.Endpoint(cluster.Process);
            _stream = cluster.OpenStream(Queue);
        }

        Parameters = cluster.Process == 0 ? Store : new ReceivedParameters(Endpoint!, learner: 0, Queue);

        Trajectory NewTrajectory() => new(options.Rollout!.Value, options.Simulators, environment.Observation.Length, network.StateLength);
    }

    /// <summary>The trajectories of this process: all of the run but those that each other process has, one an actor.</summary>
    public TrajectoryQueue Queue { get; }

    /// <summary>Where the learner puts parameters for actors of its own process.</summary>
    public ParameterStore Store { get; }

    /// <summary>Where it puts them for others; null if there are none.</summary>
    public IGossipEndpoint? Endpoint { get; }

    /// <summary>Where actors of this process get them.</summary>
    public IParameterSource Parameters { get; }

    /// <inheritdoc />
    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
        _transport?.Close();
    }

    /// <summary>Frees what trajectories and parameters lie in; all workers of this process must have stopped.</summary>
    public void Dispose()
    {
        Close();
        _transport?.Dispose();
        Queue.Dispose();
        Store.Dispose();
    }
}
