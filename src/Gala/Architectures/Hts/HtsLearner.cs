using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures.Hts;

/// <summary>The learner of HTS-RL: learns from one storage while executors and actors fill the other.</summary>
/// <remarks>Source: Liu, Yeh, Schwing 2020, "High-throughput synchronous deep RL". The behaviour policy is exactly one update older than
/// what the gradient is applied to, however threads are scheduled. Where ours differs: docs/algorithms/hts.md.</remarks>
/// <param name="parameters">θ, the newest; disposed with the learner, as are the storages and the optimiser.</param>
/// <param name="optimizer">Of θ.</param>
/// <param name="schedule">Learning rate by update.</param>
/// <param name="swap">Both storages.</param>
/// <param name="simulators">All, in order.</param>
/// <param name="executors">All.</param>
/// <param name="clock">The storages' as well.</param>
internal sealed class HtsLearner(
    ParameterVector parameters,
    IOptimizer optimizer,
    LearningRateSchedule schedule,
    StorageSwap swap,
    IReadOnlyList<HtsSimulator> simulators,
    IReadOnlyList<HtsExecutor> executors,
    PhaseClock clock) : IAgent
{
    private volatile bool _stopRequested; // written by any thread
    private long _policyLag = -1; // written by this thread, read by any
    private CancellationToken _abort; // of the session, for waits outside a turn

    /// <inheritdoc />
    public int Rank => 0;

    /// <inheritdoc />
    public string Name => "learner";

    /// <inheritdoc />
    /// <remarks>Within an interval the threads wait for each other for microseconds, spinning.</remarks>
    public bool Blocks => true;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    /// <remarks>Gossip is waiting for the executors.</remarks>
    public PhaseClock Clock { get; } = clock;

    /// <inheritdoc />
    public SimulatorBatch? Simulators => null; // the executors'

    /// <inheritdoc />
    public ParameterVector Parameters { get; } = parameters;

    /// <inheritdoc />
    public IOptimizer Optimizer { get; } = optimizer;

    /// <inheritdoc />
    public long Updates { get; private set; }

    /// <inheritdoc />
    public double LearningRate => schedule.At(Updates);

    /// <inheritdoc />
    public IGossip Gossip { get; } = new NoGossip();

    /// <summary>Updates between the policy that played the last batch and the parameters that learned from it; null before the first.</summary>
    public double? PolicyLag => Volatile.Read(ref _policyLag) is >= 0 and long lag ? lag : null;

    /// <inheritdoc />
    public Turn TakeTurn(CancellationToken abort)
    {
        _abort = abort;
        Progress.State = AgentState.Waiting;
        Clock.Enter(Phase.Gossip);
        swap.AwaitFilled(abort); // D_j, played with θ_{j−1}
        HtsStorage filled = swap.Swap(); // D_{j+1} is played with θ_j from now on, meanwhile

        Progress.State = AgentState.Learning;
        Clock.Enter(Phase.Learn);
        Volatile.Write(ref _policyLag, Updates - filled.Version);
        LossStatistics loss = filled.ComputeGradients(); // ∇J(θ_{j−1}; D_j)
        Progress.Record(filled.Step(loss, schedule.At(Updates), Parameters.Span)); // θ_{j+1} = θ_j + η ∇J(θ_{j−1}; D_j)
        Updates++;
        filled.Behave(Parameters.Span, Updates); // D_{j+2} will be played with θ_{j+1}, in the storage that is free now
        return _stopRequested ? Turn.Ended : Turn.Done;
    }

    /// <inheritdoc />
    public void ParametersChanged() => swap.Previous.Behave(Parameters.Span, Updates);

    /// <inheritdoc />
    public void RequestStop() => _stopRequested = true;

    /// <inheritdoc />
    public void Leave() => swap.Close();

    /// <inheritdoc />
    /// <remarks>Waits until the interval under way is played: then all simulators stand still until the next turn.</remarks>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Clock.Enter(Phase.Gossip);
        swap.AwaitFilled(_abort);
        Clock.Enter(Phase.Simulate); // what is saved here are simulators above all
        writer.Write(Updates);
        writer.Write(swap.Released);
        swap.Filling.SaveState(writer);
        foreach (HtsSimulator simulator in simulators)
        {
            simulator.SaveState(writer);
        }
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Updates = reader.ReadInt64();
        swap.Restore(reader.ReadInt64());
        swap.Filling.LoadState(reader);
        foreach (HtsSimulator simulator in simulators)
        {
            simulator.LoadState(reader);
        }

        foreach (HtsExecutor executor in executors)
        {
            executor.Restore(swap.Released);
        }

        ParametersChanged();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (HtsStorage storage in swap.Storages)
        {
            storage.Dispose();
        }

        Optimizer.Dispose();
        Parameters.Dispose();
    }
}
