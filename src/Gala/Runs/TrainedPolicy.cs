using Gala.Environments;
using Gala.Networks;
using Gala.Numerics;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>A trained agent that can act, loaded from a run's newest whole checkpoint.</summary>
public sealed class TrainedPolicy : IDisposable
{
    private readonly ManagedActorCritic _network;
    private readonly float[] _probabilities;

    private TrainedPolicy(RunOptions options, long frames, ManagedActorCritic network)
    {
        (Options, Frames, _network) = (options, frames, network);
        _probabilities = new float[network.Spec.Actions];
    }

    /// <summary>Options of the run that trained the policy.</summary>
    public RunOptions Options { get; }

    /// <summary>Frames that the run had at the checkpoint.</summary>
    public long Frames { get; }

    /// <summary>The parameters that act.</summary>
    public ParameterVector Parameters => _network.Parameters;

    /// <summary>Probabilities of the actions at the last <see cref="Act"/>, shape [actions].</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The value at the last <see cref="Act"/>.</summary>
    public float Value => _network.Values(0, 1)[0];

    /// <summary>Loads the mean of the agents that had not failed, or one agent.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="agent">Rank of an agent; null for the mean of the agents' parameters.</param>
    /// <param name="report">Hears of newer checkpoints that are damaged.</param>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or no such agent.</exception>
    public static TrainedPolicy Load(string directory, int? agent, Action<string>? report = null)
    {
        using RunFolder folder = RunFolder.Open(directory);
        RunOptions options = folder.ReadOptions();
        EnvironmentSpec environment = RunEnvironment.SpecOf(options, folder);
        Checkpoint[] checkpoints = [.. Enumerable.Range(0, options.LearningProcesses).Select(process => LoadNewest(directory, process, report))];
        AgentCheckpoint[] agents = [.. checkpoints.SelectMany(checkpoint => checkpoint.Agents)];
        if (agent is { } rank && (rank < 0 || rank >= agents.Length))
        {
            throw new InvalidRunException(
                $"the run has agents 0 to {agents.Length - 1}, not {rank}; without a rank their mean plays");
        }

        Array.ForEach(checkpoints, checkpoint => CheckpointFit.RequireNetwork(checkpoint, options, environment));
        ManagedActorCritic network = new(NetworkPresets.Create(options.Network!, environment.Observation, environment.Actions), capacity: 1);
        IReadOnlyList<AgentCheckpoint> players = agent is { } one ? [agents[one]] : [.. agents.Where(player => !player.HasFailed)];
        Average(players, network.Parameters.Span);
        network.ParametersChanged();
        return new TrainedPolicy(options, checkpoints.Sum(checkpoint => checkpoint.Frames), network);
    }

    /// <summary>Forgets what the network remembers of the episode before.</summary>
    public void BeginEpisode() => _network.States(0, 1).Clear();

    /// <summary>Chooses an action. A network with a memory remembers the observation until <see cref="BeginEpisode"/>.</summary>
    /// <param name="observation">One observation.</param>
    /// <param name="greedy">The most probable action, instead of a draw from the policy.</param>
    /// <param name="random">Where a draw comes from.</param>
    public int Act(ReadOnlySpan<float> observation, bool greedy, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        observation.CopyTo(_network.Observations(0, 1));
        _network.Forward(0, 1);
        _network.NextStates(0, 1).CopyTo(_network.States(0, 1));
        if (!Kernels.AllFinite(_network.States(0, 1)))
        {
            BeginEpisode(); // as in training: an observation that is not finite does not spoil the rest of its episode
        }

        ReadOnlySpan<float> logits = _network.Logits(0, 1);
        Kernels.Softmax(logits, _probabilities, logits.Length);
        Span<int> action = stackalloc int[1];
        if (greedy)
        {
            Kernels.ArgMax(logits, action);
        }
        else
        {
            Kernels.CategoricalSample(logits, [(float)random.Uniform()], action);
        }

        return action[0];
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static Checkpoint LoadNewest(string directory, int process, Action<string>? report)
    {
        using RunFolder folder = RunFolder.Open(ClusterFolder.PathOf(directory, process));
        return new CheckpointStore(folder.CheckpointsDirectory).LoadNewestWhole(report);
    }

    private static void Average(IReadOnlyList<AgentCheckpoint> agents, Span<float> mean)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            double sum = 0;
            foreach (AgentCheckpoint agent in agents)
            {
                sum += agent.Parameters[i];
            }

            mean[i] = (float)(sum / agents.Count);
        }
    }
}
