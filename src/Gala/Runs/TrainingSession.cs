using System.Diagnostics;
using Gala.Architectures;
using Gala.Gossip;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>One session of a run, from its start or a checkpoint to its end, an interruption or a failure.</summary>
/// <remarks>The agents' threads only train; reports, files and checkpoints are made by the thread that calls <see cref="Run"/>.</remarks>
internal sealed class TrainingSession : IDisposable
{
    private readonly RunFolder _folder;
    private readonly RunOptions _options;
    private readonly IReadOnlyList<ITrainingObserver> _observers;
    private readonly AgentGroup _group;
    private readonly ParameterSnapshots _snapshots;
    private readonly CheckpointCollector _captures;
    private readonly CheckpointStore _store;
    private readonly ProgressReporter _reporter;
    private readonly MessageQueue _messages = new();

    /// <summary>Prepares a session.</summary>
    /// <param name="folder">Where everything goes.</param>
    /// <param name="options">Complete.</param>
    /// <param name="checkpoint">Where to go on from; null for a new run.</param>
    /// <param name="observers">Hear how it goes.</param>
    public TrainingSession(RunFolder folder, RunOptions options, Checkpoint? checkpoint, IReadOnlyList<ITrainingObserver> observers)
    {
        (_folder, _options, _observers) = (folder, options, observers);
        _group = AgentGroup.Create(options, timeOut => _messages.Add(
            $"Agent {timeOut.Rank} goes on without agent {timeOut.Peer}, which was silent for {timeOut.Waited.TotalSeconds:0} s."));
        if (checkpoint is not null)
        {
            AgentCapture.Restore(checkpoint, _group.Agents);
        }

        _snapshots = new ParameterSnapshots(_group.Agents.Count, _group.Agents[0].Learner.Network.Parameters.Length);
        long interval = Math.Max(1, options.CheckpointEvery!.Value / (_group.FramesPerUpdate * _group.Agents.Count));
        _captures = new CheckpointCollector(_group.Agents.Count, interval);
        _store = new CheckpointStore(folder.CheckpointsDirectory, options.KeepCheckpoints);
        _reporter = new ProgressReporter(options, _group, _snapshots, checkpoint);
    }

    /// <summary>Trains until the run's frames are done or <paramref name="stop"/> is asked for.</summary>
    /// <exception cref="TrainingFailedException">An agent failed; what was trained up to the last checkpoint remains.</exception>
    public TrainingOutcome Run(CancellationToken stop)
    {
        using AgentThreads threads = new(_group.Agents, _group.UpdatesPerAgent(_options.Frames), AfterUpdate, AtEnd);
        threads.Start();
        long started = Stopwatch.GetTimestamp();
        bool ended = false;
        while (!ended)
        {
            _snapshots.Request();
            ended = WaitForReport(threads, stop);
            SaveWholeCheckpoints();
            Report();
            if (stop.IsCancellationRequested)
            {
                threads.RequestStop();
            }
        }

        if (threads.Failure is { } failure)
        {
            throw new TrainingFailedException(
                $"Agent {failure.Rank} failed: {failure.Exception.Message} The run is in {_folder.Path}; its checkpoints remain.", failure.Exception);
        }

        return Finish();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _snapshots.Dispose();
        _group.Dispose();
    }
}
