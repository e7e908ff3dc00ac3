using Gala.Environments;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>What has turns, one after the other, on whichever runner is free.</summary>
public interface IWorker : IDisposable
{
    /// <summary>Such as <c>agent 0</c> or <c>learner</c>.</summary>
    string Name { get; }

    /// <summary>What other threads may read of it while it runs.</summary>
    AgentProgress Progress { get; }

    /// <summary>Where its time goes.</summary>
    PhaseClock Clock { get; }

    /// <summary>The simulators that it plays, null for none.</summary>
    SimulatorBatch? Simulators { get; }

    /// <summary>Whether the others of its kind can take over its work if it fails now; where not, all stop. Any thread.</summary>
    bool IsDispensable => false;

    /// <summary>What shows whether the worker gets anywhere. Any thread.</summary>
    LifeSign LifeSign => LifeSign.Of(Clock, Simulators);

    /// <summary>Whether a turn may wait inside, such as for a simulator that sleeps or is another process. Then it is made beside those that share
    /// the processors.</summary>
    bool Blocks => Simulators?.Blocks ?? false;

    /// <summary>Whether all is there that its next turn would gladly have of others: who decides whose turn is next prefers such a worker. Between two
    /// turns.</summary>
    bool HasHeardAll => true;

    /// <summary>To be called, by any thread, when a turn may go on that ended <see cref="TurnEnd.Waiting"/>. It never waits. Set before the first turn.</summary>
    Action? WakeUp
    {
        set
        {
        }
    }

    /// <summary>One turn of its work, or what can be done of it now. Turns come from different threads, one at a time.</summary>
    /// <param name="abort">Ends the waiting inside a turn, of workers that do so (<see cref="Blocks"/>).</param>
    /// <exception cref="OperationCanceledException">Aborted while waiting.</exception>
    Turn TakeTurn(CancellationToken abort);

    /// <summary>Asks for an early end. Any thread.</summary>
    void RequestStop();

    /// <summary>Makes up to the others for what a silent worker may hold, such as a place in a queue. Any thread; more than once if it comes back and
    /// falls silent again.</summary>
    void StandIn()
    {
    }

    /// <summary>Makes the worker end as soon as the call that it hangs in returns, without touching what it shares with others. Any thread.</summary>
    void Abandon() => Simulators?.Abandon();

    /// <summary>Disposes the simulators that it plays, and nothing else. When its thread has ended; any thread.</summary>
    void DisposeSimulators() => Simulators?.Dispose();

    /// <summary>Says that the worker has ended, for whatever reason, so that no other ever waits for it. After its last turn.</summary>
    void Leave();
}
