namespace Gala.Architectures;

/// <summary>Runs each agent on a thread of its own, until the updates are done, a stop is asked for, or one of them fails.</summary>
/// <remarks>A failing agent stops all others: its reason is in <see cref="Failure"/>, and nothing goes on in silence.</remarks>
internal sealed class AgentThreads : IDisposable
{
    private readonly IReadOnlyList<IAgent> _agents;
    private readonly UpdateBudget _budget;
    private readonly Action<IAgent> _afterUpdate;
    private readonly Action<IAgent> _atEnd;
    private readonly Thread[] _threads;
    private readonly CountdownEvent _running;
    private readonly CancellationTokenSource _abort = new();
    private AgentFailure? _failure; // written once, by the first agent that fails

    /// <summary>Prepares the threads.</summary>
    /// <param name="agents">Each with its own blocks.</param>
    /// <param name="budget">The updates that are left to do.</param>
    /// <param name="afterUpdate">Called on the agent's thread after each update.</param>
    /// <param name="atEnd">Called on the agent's thread when it ends, for whatever reason.</param>
    public AgentThreads(IReadOnlyList<IAgent> agents, UpdateBudget budget, Action<IAgent> afterUpdate, Action<IAgent> atEnd)
    {
        (_agents, _budget, _afterUpdate, _atEnd) = (agents, budget, afterUpdate, atEnd);
        _running = new CountdownEvent(agents.Count);
        _threads = [.. agents.Select(agent => new Thread(() => Run(agent)) { Name = $"agent {agent.Rank}", IsBackground = true })];
    }

    /// <summary>The first failure of an agent, or null.</summary>
    public AgentFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts all agents.</summary>
    public void Start()
    {
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Waits until all agents have ended, but no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether all have ended.</returns>
    public bool Wait(TimeSpan patience) => _running.Wait(patience);

    /// <summary>Asks the agents to stop after the update that they are at.</summary>
    public void RequestStop()
    {
        foreach (IAgent agent in _agents)
        {
            agent.Gossip.RequestStop();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _abort.Cancel();
        foreach (Thread thread in _threads.Where(thread => thread.IsAlive))
        {
            thread.Join();
        }

        _running.Dispose();
        _abort.Dispose();
    }

    private void Run(IAgent agent)
    {
        try
        {
            bool goOn = true;
            while (goOn && _budget.TryTake())
            {
                _abort.Token.ThrowIfCancellationRequested();
                goOn = agent.Iterate(_abort.Token);
                _afterUpdate(agent);
            }

            agent.Progress.State = AgentState.Finished;
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            agent.Progress.State = AgentState.Finished; // another agent failed, and that is the reason to report
        }
#pragma warning disable CA1031 // whatever an agent throws stops the run with that as the reason
        catch (Exception exception)
#pragma warning restore CA1031
        {
            agent.Progress.State = AgentState.Failed;
            Interlocked.CompareExchange(ref _failure, new AgentFailure(agent.Rank, exception), null);
            _abort.Cancel();
        }
        finally
        {
            agent.Gossip.Leave();
            _atEnd(agent);
            _running.Signal();
        }
    }
}
