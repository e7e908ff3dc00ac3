namespace Gala.Architectures;

/// <summary>Runs each worker on a thread of its own, until the updates are done, a stop is asked for, or one fails that cannot be done without.</summary>
/// <remarks>A worker that is dispensable is told to be lost when it fails, and the others do its work: the agents those of an agent, the helpers
/// those of a helper, down to the last of its kind. Any other that fails stops all, with its reason in <see cref="Failure"/>. Nothing goes on in
/// silence.</remarks>
internal sealed class WorkerThreads : IDisposable
{
    private readonly IReadOnlyList<IWorker> _workers;
    private readonly UpdateBudget _budget;
    private readonly Action<IAgent> _afterUpdate;
    private readonly Action<IAgent> _atEnd;
    private readonly Action<WorkerFailure>? _lost;
    private readonly Lock _failing = new(); // of two that fail at once, one is the last
    private readonly Thread[] _threads;
    private readonly CountdownEvent _running;
    private readonly CancellationTokenSource _abort = new();
    private WorkerFailure? _failure; // written once, by the first worker whose failure stops all

    /// <summary>Prepares the threads.</summary>
    /// <param name="workers">Those that are agents learn; the others go on for as long as they have something to do.</param>
    /// <param name="budget">The updates that are left to do.</param>
    /// <param name="afterUpdate">Called on an agent's thread after each update.</param>
    /// <param name="atEnd">Called on an agent's thread when it ends, for whatever reason.</param>
    /// <param name="lost">Called on the thread of a worker that failed and that the others do without, for one after the other; null: nobody can be
    /// done without.</param>
    public WorkerThreads(
        IReadOnlyList<IWorker> workers,
        UpdateBudget budget,
        Action<IAgent> afterUpdate,
        Action<IAgent> atEnd,
        Action<WorkerFailure>? lost = null)
    {
        (_workers, _budget, _afterUpdate, _atEnd, _lost) = (workers, budget, afterUpdate, atEnd, lost);
        _running = new CountdownEvent(workers.Count);
        _threads = [.. workers.Select(worker => new Thread(() => Run(worker)) { Name = worker.Name, IsBackground = true })];
    }

    /// <summary>The failure that stopped all workers, or null.</summary>
    public WorkerFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts all workers.</summary>
    public void Start()
    {
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Waits until all workers have ended, but no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether all have ended.</returns>
    public bool Wait(TimeSpan patience) => _running.Wait(patience);

    /// <summary>Asks the workers to stop after the turn that they are at.</summary>
    public void RequestStop()
    {
        foreach (IWorker worker in _workers)
        {
            worker.RequestStop();
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

    private void Run(IWorker worker)
    {
        IAgent? agent = worker as IAgent;
        long updates = -1; // that an agent had made before its present turn
        try
        {
            bool goOn = true;
            while (goOn && (agent is null || _budget.TryTake(agent)))
            {
                updates = agent?.Updates ?? -1;
                _abort.Token.ThrowIfCancellationRequested();
                goOn = worker.Iterate(_abort.Token);
                if (agent is not null)
                {
                    _afterUpdate(agent);
                }
            }

            worker.Progress.State = AgentState.Finished;
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            worker.Progress.State = AgentState.Finished; // another worker failed, and that is the reason to report
        }
#pragma warning disable CA1031 // whatever a worker throws stops the run with that as the reason
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (agent?.Updates == updates)
            {
                _budget.GiveBack();
            }

            Fail(new WorkerFailure(worker, exception));
        }
        finally
        {
            worker.Leave();
            if (agent is not null)
            {
                _atEnd(agent);
            }

            _running.Signal();
        }
    }

    private void Fail(WorkerFailure failure)
    {
        lock (_failing)
        {
            IWorker worker = failure.Worker;
            worker.Progress.State = AgentState.Failed;
            if (_lost is not null && worker.IsDispensable && _workers.Any(other => CanStandInFor(worker, other)))
            {
                _lost(failure);
                return;
            }

            Interlocked.CompareExchange(ref _failure, failure, null);
            _abort.Cancel();
        }
    }

    private static bool CanStandInFor(IWorker worker, IWorker other) =>
        other is IAgent == worker is IAgent && other.Progress.State != AgentState.Failed;
}
