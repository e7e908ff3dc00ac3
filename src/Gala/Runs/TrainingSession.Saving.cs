using System.Globalization;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

// What a session leaves behind: checkpoints, the summary, and the folder they are in.
internal sealed partial class TrainingSession
{
    /// <summary>Saves the checkpoint that waits, if there is one. After a request to stop that of the end is newer.</summary>
    private void SaveWhatWaits(CancellationToken stop)
    {
        if (!stop.IsCancellationRequested && _captures.TryTake(out IReadOnlyList<AgentCheckpoint> captures))
        {
            TrySave(captures);
        }

        if (!_toldOfLeftOut && _captures.LeftOut >= FewLeftOut)
        {
            _toldOfLeftOut = true;
            _messages.Add("Checkpoints are due faster than the disk, the slowest agent or a slow observer allows: some are left out, the newest is always kept. "
                + "A larger CheckpointEvery (--checkpoint-every) asks for fewer.");
        }
    }

    /// <summary>Training goes on without a checkpoint that cannot be written: those before it remain, and the next may find room again.</summary>
    private void TrySave(IReadOnlyList<AgentCheckpoint> captures)
    {
        try
        {
            Save(captures);
            _toldOfFailedSave = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_toldOfFailedSave)
            {
                _messages.Add($"A checkpoint could not be written: {OneLine.Message(exception)}. Training goes on; the next ones are tried.");
            }

            _toldOfFailedSave = true;
        }
    }

    private void Save(IReadOnlyList<AgentCheckpoint> captures)
    {
        long updates = captures.Sum(capture => capture.Updates);
        long frames = updates * _group.FramesPerUpdate;
        KeepFolder();
        CheckpointStore store = new(_folder.CheckpointsDirectory, _options.KeepCheckpoints);
        if (frames < _newestCheckpoint || updates == 0 || (frames == _newestCheckpoint && store.Holds(frames)))
        {
            return; // the end of a run may fall on a checkpoint that is there already
        }

        _recorder?.BeforeCheckpoint(StateOf([.. captures.Select(capture => capture.Updates)]));
        store.Save(new Checkpoint
        {
            Frames = frames,
            Updates = updates,
            WallSeconds = _reporter.WallSeconds,
            Episodes = _reporter.Episodes,
            EarlierEpisodes = _reporter.EarlierEpisodes,
            BestMeanReturn100 = _reporter.BestMeanReturn100,
            Options = RunFolder.AsWritten(_options),
            Agents = captures,
        });
        _newestCheckpoint = frames;
        _messages.Add(string.Create(CultureInfo.InvariantCulture, $"Checkpoint at {frames:N0} frames."));
    }

    private TrainingOutcome Finish(bool interrupted)
    {
        try
        {
            Save(_captures.Final());
            Report();
            _recorder?.End(StateOf([.. _group.Agents.Select(agent => agent.Updates)]) with { Failures = FailuresOf(_group) });
            RunSummary summary = ClusterSummary.Merge(_cluster, Summarize(), _group);
            NoteSilence();
            KeepFolder();
            SummaryFile.Write(_folder.SummaryFile, summary);
            return new TrainingOutcome(_folder.Path, summary, interrupted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingFailedException(
                $"the end of the run could not be saved: {OneLine.Message(exception)}; {WhatRemains()}", exception);
        }
        finally
        {
            _messages.Drain(Tell);
        }
    }

    private string WhatRemains() => CheckpointStore.HasAny(_folder.CheckpointsDirectory)
        ? $"what was trained up to the last checkpoint is in {_folder.Path}"
        : $"no checkpoint was written before, so nothing that was trained remains in {_folder.Path}";

    /// <summary>Follows the run's folder if somebody renamed it. Returns whether there is one.</summary>
    private bool LookForFolder()
    {
        string before = _folder.Path;
        FolderFate fate = _folder.Find();
        if (fate == FolderFate.Moved)
        {
            _messages.Add($"The run's folder {before} was renamed: all goes on in {_folder.Path}.");
        }
        else if (fate == FolderFate.Gone && !_toldOfDeletion)
        {
            _toldOfDeletion = true;
            _messages.Add($"The run's folder {before} was deleted: its metrics, log and earlier checkpoints are lost. It is made anew for the next checkpoint.");
        }

        return fate != FolderFate.Gone;
    }

    /// <summary>Sees that the run's folder is there before something is written to it.</summary>
    private void KeepFolder()
    {
        if (!LookForFolder())
        {
            _folder.Restore(_options);
            _newestCheckpoint = 0;
            _toldOfDeletion = false;
            _messages.Add($"The run goes on in {_folder.Path}, with checkpoints, run.yaml and summary.json; metrics, log and events of this session are lost.");
        }
    }

    private RunSummary Summarize()
    {
        long updates = _group.Updates;
        long frames = updates * _group.FramesPerUpdate;
        long steps = updates * _group.StepsPerUpdate;
        double seconds = _reporter.WallSeconds;
        return new RunSummary
        {
            Architecture = _options.Architecture,
            Environment = _options.Environment,
            Agents = _options.Agents!.Value,
            SimulatorsPerAgent = _options.Simulators,
            Seed = _options.Seed,
            Frames = frames,
            EnvironmentSteps = steps,
            Updates = updates,
            RefusedMessages = _group.Agents.Sum(agent => agent.Gossip.Statistics.RefusedMessages),
            RefusedUpdates = _group.Agents.Sum(agent => agent.Progress.RefusedUpdates),
            Exchanges = _group.Agents.Sum(agent => agent.Gossip.Statistics.Exchanges),
            WallSeconds = seconds,
            FramesPerSecond = frames / seconds,
            EnvironmentStepsPerSecond = steps / seconds,
            Episodes = _reporter.Episodes,
            MeanReturn100 = _reporter.MeanReturn100,
            BestMeanReturn100 = _reporter.BestMeanReturn100,
            FailedAgents = _failedAgents,
            Consensus = _reporter.FinalConsensus(),
            Returns = _reporter.ReadReturns(),
            Gauges = _reporter.ReadGauges(),
            ParametersSha256 = ParametersDigest.Of(_group.Agents.Select(agent => agent.Parameters)),
            Version = GalaVersion.Current,
        };
    }
}
