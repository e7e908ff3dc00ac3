using Gala.Environments;
using Gala.Learning;

namespace Gala.Architectures.Hts;

/// <summary>Steps its simulators, each as soon as it has an action, until all of them have filled their part of a storage.</summary>
/// <param name="index">0 to E − 1.</param>
/// <param name="simulators">Its own; disposed with it.</param>
/// <param name="swap">Says which storage is filled.</param>
/// <param name="requests">Where actors wait.</param>
/// <param name="answers">Where actors put its simulators back.</param>
internal sealed class HtsExecutor(
    int index, IReadOnlyList<HtsSimulator> simulators, StorageSwap swap, ReadyQueue requests, ReadyQueue answers) : IWorker
{
    private readonly HtsSimulator[] _ready = new HtsSimulator[simulators.Count];
    private long _played; // intervals

    /// <inheritdoc />
    public string Name { get; } = $"executor {index}";

    /// <inheritdoc />
    /// <remarks>Within an interval the threads wait for each other for microseconds, spinning.</remarks>
    public bool Blocks => true;

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    /// <remarks>Acting is waiting for actors, gossip waiting for the swap.</remarks>
    public PhaseClock Clock { get; } = new();

    /// <inheritdoc />
    public SimulatorBatch? Simulators => null; // a batch each: see AgentGroup.Simulators

    /// <inheritdoc />
    public LifeSign LifeSign
    {
        get
        {
            long count = Clock.Entries;
            bool hasBegun = false;
            for (int i = 0; i < simulators.Count; i++)
            {
                count += simulators[i].Played;
                hasBegun |= simulators[i].HasBegun;
            }

            return new LifeSign(count, Clock.Current is Phase.Gossip or Phase.Act, hasBegun);
        }
    }

    /// <inheritdoc />
    /// <remarks>One interval: α steps of each simulator.</remarks>
    public Turn TakeTurn(CancellationToken abort)
    {
        Progress.State = AgentState.Waiting;
        Clock.Enter(Phase.Gossip);
        if (!swap.AwaitRelease(_played, abort))
        {
            return Turn.Ended;
        }

        Progress.State = AgentState.Acting;
        Clock.Enter(Phase.Simulate);
        Begin(swap.Filling, swap.Previous);
        Fill(swap.Filling, abort);
        _played++;
        swap.Arrive();
        Progress.Count();
        return Turn.Done;
    }

    /// <summary>Goes on after intervals of an earlier session.</summary>
    public void Restore(long played) => _played = played;

    /// <inheritdoc />
    public void RequestStop()
    {
        // It ends after the learner has.
    }

    /// <inheritdoc />
    public void Abandon()
    {
        foreach (HtsSimulator simulator in simulators)
        {
            simulator.Abandon();
        }
    }

    /// <inheritdoc />
    public void Leave()
    {
        if (swap.Leave())
        {
            requests.Close();
        }
    }

    /// <inheritdoc />
    public void DisposeSimulators()
    {
        foreach (HtsSimulator simulator in simulators)
        {
            simulator.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose() => DisposeSimulators();

    private void Begin(HtsStorage storage, HtsStorage previous)
    {
        for (int i = 0; i < _ready.Length; i++)
        {
            _ready[i] = simulators[i];
            _ready[i].Begin(storage, previous);
        }

        requests.Post(_ready);
    }

    private void Fill(HtsStorage storage, CancellationToken abort)
    {
        int playing = _ready.Length;
        while (playing > 0)
        {
            Clock.Enter(Phase.Act);
            int count = answers.Take(_ready, abort);
            Clock.Enter(Phase.Simulate);
            int asking = 0;
            for (int i = 0; i < count; i++)
            {
                HtsSimulator simulator = _ready[i];
                if (simulator.Play(storage))
                {
                    _ready[asking++] = simulator;
                }
            }

            playing -= count - asking;
            requests.Post(_ready.AsSpan(0, asking));
        }
    }
}
