using Gala.Environments;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>What runs on a thread of its own.</summary>
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

    /// <summary>One turn of its work.</summary>
    /// <param name="abort">Ends waiting for others.</param>
    /// <returns>Whether it is to go on: false once it, or in lock-step all of them, was asked to stop, or there is nothing more to do.</returns>
    /// <exception cref="OperationCanceledException">Aborted while waiting.</exception>
    bool Iterate(CancellationToken abort);

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

    /// <summary>Says that the worker has ended, for whatever reason, so that no other ever waits for it. Its own thread.</summary>
    void Leave();
}
