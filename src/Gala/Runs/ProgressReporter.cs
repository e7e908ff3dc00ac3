using System.Diagnostics;
using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Turns what the agents show of themselves into reports. For one thread.</summary>
internal sealed class ProgressReporter
{
    private readonly AgentGroup _group;
    private readonly ParameterSnapshots _snapshots;
    private readonly long _targetFrames;
    private readonly long _startFrames;
    private readonly double _earlierSeconds;
    private readonly long[] _lastUpdates;
    private readonly string[] _environments;
    private long _started = Stopwatch.GetTimestamp();
    private TimeSpan _lastElapsed;
    private ConsensusMonitor? _consensus; // of the agents that have not failed; null where nobody gossips
    private ConsensusMeasurement? _measurement;
    private int[] _measured = []; // ranks that it is of

    /// <summary>Prepares the reports of a session.</summary>
    public ProgressReporter(RunOptions options, AgentGroup group, ParameterSnapshots snapshots, Checkpoint? checkpoint)
    {
        (_group, _snapshots, _targetFrames) = (group, snapshots, options.Frames / options.LearningProcesses);
        _environments = [.. EnvironmentReference.ParseList(options.Environment).Select(reference => reference.ToString())];
        _lastUpdates = [.. group.Agents.Select(agent => agent.Updates)];
        _startFrames = _lastUpdates.Sum() * group.FramesPerUpdate;
        EarlierEpisodes = checkpoint is null ? 0 : ForgottenEpisodes(checkpoint);
        (_earlierSeconds, BestMeanReturn100) = (checkpoint?.WallSeconds ?? 0, checkpoint?.BestMeanReturn100);
    }

    /// <summary>Highest mean return of 100 episodes that a report saw.</summary>
    public double? BestMeanReturn100 { get; private set; }

    /// <summary>Time since the session's agents were started.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Training time over all sessions of the run, in seconds.</summary>
    public double WallSeconds => _earlierSeconds + Elapsed.TotalSeconds;

    /// <summary>Finished episodes of all agents.</summary>
    public long Episodes => EarlierEpisodes + Logs.Sum(log => log.Total);

    /// <summary>Mean return of the last 100 episodes of all agents; null before the first.</summary>
    public double? MeanReturn100 => MeanReturn(EpisodeLog.Merge(Logs));

    /// <summary>Episodes that ended in earlier sessions, in simulators that started anew since.</summary>
    public long EarlierEpisodes { get; }

    private IEnumerable<EpisodeLog> Logs => _group.Simulators.Select(simulators => simulators.Episodes);

    /// <summary>Starts the clock.</summary>
    public void Start() => _started = Stopwatch.GetTimestamp();

    /// <summary>Measures how the run stands now.</summary>
    public TrainingReport Report()
    {
        TimeSpan elapsed = Elapsed;
        double interval = Math.Max((elapsed - _lastElapsed).TotalSeconds, 1e-9);
        long[] updates = [.. _group.Agents.Select(agent => agent.Progress.Updates)];
        double[] pace = [.. updates.Select((count, rank) => (count - _lastUpdates[rank]) * _group.FramesPerUpdate / interval)];
        _lastElapsed = elapsed;
        updates.CopyTo(_lastUpdates, 0);

        if (_snapshots.TryTake(IsLost)) // every agent has answered the last request for its parameters; otherwise the last measurement stands
        {
            Measure(_snapshots.Parameters);
        }

        Episode[] episodes = EpisodeLog.Merge(Logs);
        double? mean = MeanReturn(episodes);
        BestMeanReturn100 = mean > BestMeanReturn100 || BestMeanReturn100 is null ? mean : BestMeanReturn100;
        long frames = updates.Sum() * _group.FramesPerUpdate;
        return new TrainingReport
        {
            Elapsed = elapsed,
            Remaining = Remaining(elapsed, frames),
            Frames = frames,
            TargetFrames = _targetFrames,
            EnvironmentSteps = updates.Sum() * _group.StepsPerUpdate,
            Updates = updates.Sum(),
            FramesPerSecond = pace.Sum(),
            Episodes = Episodes,
            MeanReturn100 = mean,
            BestMeanReturn100 = BestMeanReturn100,
            MeanLength100 = episodes.Length > 0 ? episodes.Average(episode => episode.Length) : null,
            LearningRate = Mean(agent => agent.LearningRate),
            PolicyLoss = Mean(agent => agent.Progress.PolicyLoss),
            ValueLoss = Mean(agent => agent.Progress.ValueLoss),
            Entropy = Mean(agent => agent.Progress.Entropy),
            ExplainedVariance = Mean(agent => agent.Progress.ExplainedVariance),
            GradientNorm = Mean(agent => agent.Progress.GradientNorm),
            RefusedMessages = _group.Agents.Sum(agent => agent.Gossip.Statistics.RefusedMessages),
            RefusedUpdates = _group.Agents.Sum(agent => agent.Progress.RefusedUpdates),
            Consensus = ConsensusReport.Of(_measurement),
            Returns = ReadReturns(),
            Gauges = ReadGauges(),
            Agents = [.. _group.Agents.Select(agent => Report(agent, pace[agent.Rank]))],
            Helpers = [.. _group.Helpers.Select(ReportHelper)],
        };
    }

    /// <summary>How far the agents are apart at the end; all agents must have stopped.</summary>
    public ConsensusReport FinalConsensus()
    {
        Measure(rank => _group.Agents[rank].Parameters.Span);
        return ConsensusReport.Of(_measurement);
    }

    /// <summary>Returns by environment; null if there is only one.</summary>
    public EnvironmentReturns? ReadReturns() => _environments.Length == 1 ? null : EnvironmentReturns.Of(
        [.. _environments.Index().Select(one => (one.Item, MeanReturn(EpisodeLog.Merge(_group.Simulators.Select(simulators => simulators.EpisodesByKind[one.Index])))))]);

    /// <summary>The architecture's own figures, without those that are not known yet.</summary>
    public IReadOnlyList<GaugeReading> ReadGauges() =>
        [.. _group.Gauges.Select(gauge => new GaugeReading(gauge.Name, gauge.Caption, gauge.Read() ?? double.NaN)).Where(reading => double.IsFinite(reading.Value))];

    /// <summary>A checkpoint counts the episodes at the moment it was put together, a little after the agents captured their simulators; only
    /// simulators that start anew lack what they had then.</summary>
    private long ForgottenEpisodes(Checkpoint checkpoint) => _group.Simulators.All(simulators => simulators.Steps > 0)
        ? checkpoint.EarlierEpisodes
        : Math.Max(0, checkpoint.Episodes - Logs.Sum(log => log.Total));

    private AgentReport Report(IAgent agent, double pace) => new()
    {
        Rank = agent.Rank,
        State = agent.Gossip.Statistics.IsWaiting ? AgentState.Waiting : agent.Progress.State,
        Updates = agent.Progress.Updates,
        RefusedMessages = agent.Gossip.Statistics.RefusedMessages,
        RefusedUpdates = agent.Progress.RefusedUpdates,
        FramesPerSecond = pace,
        MeanReturn100 = MeanReturn(agent.Simulators?.Episodes.ToArray() ?? []),
        Entropy = agent.Progress.Entropy,
        DistanceToMean = _measurement is null ? 0 : DistanceOf(agent.Rank),
        Mixes = agent.Gossip.Statistics.Mixes,
        MixShare = agent.Gossip.Statistics.MixShare,
        Staleness = agent.Gossip.Statistics.MeanStaleness,
        Staleness99 = agent.Gossip.Statistics.StalenessAt(0.99),
        AheadShare = agent.Gossip.Statistics.AheadShare,
    };

    private AgentReport ReportHelper(IWorker worker, int index) => new()
    {
        Rank = _group.Agents.Count + index,
        Name = worker.Name,
        State = worker.Progress.State,
        Updates = worker.Progress.Updates,
        MeanReturn100 = MeanReturn(worker.Simulators?.Episodes.ToArray() ?? []),
    };

    private TimeSpan? Remaining(TimeSpan elapsed, long frames)
    {
        double seconds = elapsed.TotalSeconds * Math.Max(0, _targetFrames - frames) / (frames - _startFrames);
        return frames > _startFrames && elapsed > TimeSpan.Zero && seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null; // also for a run without end, whose first report may come before a thousand frames
    }

    /// <summary>Over the agents that have not failed; 0 where there are none.</summary>
    private double Mean(Func<IAgent, double> figure) => _group.Living.Select(figure).DefaultIfEmpty().Average();

    private bool IsLost(int rank) => _group.Agents[rank].Progress.IsLost;

    /// <summary>How far the agents are apart that have not failed.</summary>
    private void Measure(ParametersOf parametersOf)
    {
        int[] ranks = [.. _group.Living.Select(agent => agent.Rank)];
        if (_group.Topology is null || ranks.Length == 0)
        {
            return;
        }

        _consensus = _consensus?.Agents == ranks.Length ? _consensus : new ConsensusMonitor(_group.Topology, ranks.Length, _group.StepsAfterMix);
        foreach ((int index, int rank) in ranks.Index())
        {
            _consensus.RecordUpdate(index, _group.Agents[rank].Progress.LargestUpdateNorm);
        }

        (_measurement, _measured) = (_consensus.Measure(index => parametersOf(ranks[index])), ranks);
    }

    private double DistanceOf(int rank) => Array.IndexOf(_measured, rank) is >= 0 and int index ? _measurement!.Distances[index] : double.NaN;

    /// <summary>Without episodes of a simulator that gave a reward that is no number.</summary>
    private static double? MeanReturn(Episode[] episodes)
    {
        double[] returns = [.. episodes.Select(episode => episode.Return).Where(double.IsFinite)];
        return returns.Length > 0 ? returns.Average() : null;
    }
}
