using Gala.Architectures;
using Gala.Runs.Checkpoints;
using Gala.Scheduling;

namespace Gala.Runs;

// What a session takes down for a later replay, and how it repeats one that was recorded.
internal sealed partial class TrainingSession
{
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(10); // of agents that all wait

    private readonly long _framesBefore; // of all processes
    private readonly bool _isResumed;
    private long _updatesSeen; // at the last look
    private DateTime _seen = DateTime.UtcNow;
    private WorkerFailure? _unexpected; // written once, under the gate of the threads

    /// <summary>Repeats the session up to the checkpoint that the next one went on from. Nothing is saved.</summary>
    /// <returns>That checkpoint; null if a stop was asked for before.</returns>
    /// <exception cref="TrainingFailedException">The record does not lead there.</exception>
    public Checkpoint? RunToCheckpoint(CancellationToken stop)
    {
        foreach (IAgent agent in _group.Agents)
        {
            _replay!.Capture(agent);
        }

        _reporter.Start();
        _runners.Start();
        while (!_runners.Wait(Poll))
        {
            if (stop.IsCancellationRequested || _replay!.Captures is not null)
            {
                _runners.RequestStop();
            }

            _runners.LookAfter(ending: false);
            _messages.Drain(Tell);
            ThrowIfAstray();
        }

        ThrowIfAstray();
        return _replay!.Captures is { } captures ? _replay.CheckpointOf(captures, _group.FramesPerUpdate, _reporter.WallSeconds)
            : stop.IsCancellationRequested ? null
            : throw new TrainingFailedException("the record ends before the checkpoint that the next session went on from", _runners.Failure?.Exception);
    }

    /// <summary>Throws where a replay does something else than the run did.</summary>
    private void ThrowIfAstray()
    {
        if (_replay is null)
        {
            return;
        }

        if ((_unexpected ?? _runners.Failure) is { } failure && !_replay.Expects(failure.Worker))
        {
            throw new TrainingFailedException(
                $"{failure.Name} failed in the replay as it had not in the run: {OneLine.Message(failure.Exception)}", failure.Exception);
        }

        long updates = _group.Agents.Sum(agent => agent.Progress.Updates);
        if (updates != _updatesSeen || _group.Agents.Any(agent => agent.Progress.State is not (AgentState.Waiting or AgentState.Finished or AgentState.Failed)))
        {
            (_updatesSeen, _seen) = (updates, DateTime.UtcNow);
        }
        else if (DateTime.UtcNow - _seen > LongestStandstill)
        {
            throw new TrainingFailedException($"the replay stands still after {updates} updates, since the record lacks what follows", innerException: null);
        }
    }

    private RecordedStart BeginningOf(AgentGroup group) => new()
    {
        Version = GalaVersion.Current,
        Network = RecordedStart.DigestOf(group.Agents[0].Parameters.Layout),
        Options = RunOptionsFile.Write(RunFolder.AsWritten(_options)),
        Process = _cluster.Process,
        IsResumed = _isResumed,
        FramesBefore = _framesBefore,
        State = StateOf([.. group.Agents.Select(agent => agent.Updates)]),
    };

    private RecordedState StateOf(long[] updates) => new()
    {
        Updates = updates,
        Episodes = _reporter.Episodes,
        EarlierEpisodes = _reporter.EarlierEpisodes,
        BestMeanReturn100 = _reporter.BestMeanReturn100,
    };

    private RecordedFailure[] FailuresOf(AgentGroup group) =>
    [
        .. group.Agents
            .Select(agent => (Agent: agent, Failure: _failedAgents.LastOrDefault(failed => failed.Name == agent.Name)))
            .Where(one => one.Failure is not null)
            .Select(one => new RecordedFailure(
                one.Agent.Rank, one.Agent.Simulators!.Played, one.Agent.Simulators.Episodes.Total, one.Failure!.Reason)),
    ];
}
