using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Architectures.Hts;

/// <summary>Takes all observations that are ready, whosever they are, and answers them with actions of the behaviour policy.</summary>
/// <remarks>A row's outputs do not depend on the rows beside it, and the random number comes with the observation: so it does not matter
/// which actor answers, nor what else it answers at once.</remarks>
/// <param name="index">0 to M − 1.</param>
/// <param name="network">Its own, of a row for each simulator; disposed with it.</param>
/// <param name="swap">Says which storage is filled.</param>
/// <param name="requests">Where executors put simulators that need an action.</param>
internal sealed class HtsActor(int index, IActorCritic network, StorageSwap swap, ReadyQueue requests) : IWorker
{
    private readonly HtsSimulator[] _taken = new HtsSimulator[network.Capacity];
    private readonly float[] _uniforms = new float[network.Capacity];
    private readonly int[] _actions = new int[network.Capacity];
    private long _interval; // whose parameters the network has; 0: none yet

    /// <inheritdoc />
    public string Name { get; } = $"actor {index}";

    /// <inheritdoc />
    /// <remarks>Within an interval the threads wait for each other for microseconds, spinning.</remarks>
    public bool Blocks => true;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public PhaseClock Clock { get; } = new();

    /// <inheritdoc />
    public SimulatorBatch? Simulators => null;

    /// <inheritdoc />
    /// <remarks>One batch.</remarks>
    public Turn TakeTurn(CancellationToken abort)
    {
        Progress.State = AgentState.Waiting;
        Clock.Enter(Phase.Gossip);
        int count = requests.Take(_taken, abort);
        if (count == 0)
        {
            return Turn.Ended;
        }

        Progress.State = AgentState.Acting;
        Clock.Enter(Phase.Act);
        FollowBehaviour();
        ReadOnlySpan<HtsSimulator> taken = _taken.AsSpan(0, count);
        Gather(taken);
        network.Forward(0, count);
        Kernels.CategoricalSample(network.Logits(0, count), _uniforms.AsSpan(0, count), _actions.AsSpan(0, count));
        Answer(taken);
        Progress.Count();
        return Turn.Done;
    }

    /// <inheritdoc />
    public void RequestStop()
    {
        // It ends after the executors have.
    }

    /// <inheritdoc />
    public void Leave()
    {
        // Nobody waits for one actor.
    }

    /// <inheritdoc />
    public void Dispose() => network.Dispose();

    /// <summary>Takes over the parameters of the interval under way. They stay as they are while anyone waits for an action.</summary>
    private void FollowBehaviour()
    {
        if (_interval != swap.Released)
        {
            swap.Filling.Network.Parameters.Span.CopyTo(network.Parameters.Span);
            network.ParametersChanged();
            _interval = swap.Released;
        }
    }

    private void Gather(ReadOnlySpan<HtsSimulator> taken)
    {
        HtsStorage storage = swap.Filling;
        for (int i = 0; i < taken.Length; i++)
        {
            storage.Observation(taken[i].Step, taken[i].Index).CopyTo(network.Observations(i, 1));
            taken[i].State.CopyTo(network.States(i, 1));
            _uniforms[i] = taken[i].Uniform;
        }
    }

    /// <summary>Gives the simulators back, those of one executor together.</summary>
    private void Answer(ReadOnlySpan<HtsSimulator> taken)
    {
        int first = 0;
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i].Action = _actions[i];
            network.NextStates(i, 1).CopyTo(taken[i].State);
            if (i + 1 == taken.Length || taken[i + 1].Answers != taken[i].Answers)
            {
                taken[first].Answers.Post(taken[first..(i + 1)]);
                first = i + 1;
            }
        }
    }
}
