namespace Gala.Gossip;

/// <summary>Gossip in lock-step for an agent's first updates, and asynchronously from then on.</summary>
/// <remarks>Source: Li, Mangoubi, Xu, Guo, "Sync-Switch: hybrid parameter synchronization for distributed deep learning", ICDCS 2021. All agents
/// switch after the same update, each as soon as it is there; none goes back.</remarks>
public sealed class SwitchingGossip : IGossip
{
    private readonly IGossip _lockStep;
    private readonly IGossip _asynchronous;
    private readonly long _lockStepUpdates;
    private bool _switched; // written by the agent's thread, read by any
    private bool _isDone; // with lock-step; likewise

    /// <summary>Joins the two parts of one agent.</summary>
    /// <param name="lockStep">For the first updates.</param>
    /// <param name="asynchronous">For the others.</param>
    /// <param name="lockStepUpdates">How many go in lock-step, the same for all agents.</param>
    public SwitchingGossip(IGossip lockStep, IGossip asynchronous, long lockStepUpdates)
    {
        ArgumentNullException.ThrowIfNull(lockStep);
        ArgumentNullException.ThrowIfNull(asynchronous);
        (_lockStep, _asynchronous, _lockStepUpdates) = (lockStep, asynchronous, lockStepUpdates);
    }

    /// <inheritdoc />
    public GossipStatistics Statistics => Part.Statistics;

    /// <inheritdoc />
    /// <remarks>From the last exchange in lock-step on: the others need this agent for no further round.</remarks>
    public bool IsDispensable => Volatile.Read(ref _isDone) && _asynchronous.IsDispensable;

    /// <inheritdoc />
    public bool HasHeardAll => Part.HasHeardAll;

    /// <inheritdoc />
    public TimeSpan Patience => Part.Patience;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => (_lockStep.WakeUp, _asynchronous.WakeUp) = (value, value);
    }

    private IGossip Part => Volatile.Read(ref _switched) ? _asynchronous : _lockStep;

    /// <inheritdoc />
    public void Send(Span<float> parameters, in CompletedUpdate update) => PartFor(update.Number).Send(parameters, update);

    /// <inheritdoc />
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        bool isOver = Part.TryMix(parameters, update, out result);
        if (isOver)
        {
            Note(update.Number);
        }

        return isOver;
    }

    /// <inheritdoc />
    public void GoOnAfter(long updates) => Note(updates);

    /// <inheritdoc />
    public void RequestStop()
    {
        _lockStep.RequestStop();
        _asynchronous.RequestStop();
    }

    /// <inheritdoc />
    public void Leave()
    {
        _lockStep.Leave(); // those who are in its last round still were in it with this agent, and go on
        _asynchronous.Leave();
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        _lockStep.SaveState(writer);
        _asynchronous.SaveState(writer);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        _lockStep.LoadState(reader);
        _asynchronous.LoadState(reader);
    }

    private void Note(long update)
    {
        if (update >= _lockStepUpdates)
        {
            Volatile.Write(ref _isDone, true);
        }
    }

    private IGossip PartFor(long update)
    {
        if (!_switched && update > _lockStepUpdates)
        {
            _asynchronous.Statistics.GoOnFrom(_lockStep.Statistics);
            Volatile.Write(ref _switched, true);
        }

        return Part;
    }
}
