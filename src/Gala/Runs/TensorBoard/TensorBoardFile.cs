using System.Globalization;
using System.Text.Json;

namespace Gala.Runs;

/// <summary>Writes each report to an event file that TensorBoard draws: <c>tensorboard --logdir runs</c>. Its steps are frames.</summary>
public sealed class TensorBoardFile : ITrainingObserver, IDisposable
{
    private const string FileVersion = "brain.Event:2";
    private const string NameBeginning = "events.out.tfevents.";
    private const int LongestVersionRecord = 64; // bytes
    private const int MostAgentsDrawn = 16; // more curves than that in one picture tell nothing

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly EventRecord _record = new();

    /// <summary>Starts a new event file in a folder; TensorBoard joins the files of one folder.</summary>
    /// <param name="directory">Made if it is not there.</param>
    /// <param name="clock">Gives the time of each event.</param>
    public TensorBoardFile(string directory, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Directory.CreateDirectory(directory);
        _clock = clock;
        _stream = new FileStream(
            NewPath(directory, clock.GetUtcNow()), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _record.Start(clock.GetUtcNow(), step: 0);
        _record.SetFileVersion(FileVersion);
        _record.WriteTo(_stream);
    }

    /// <inheritdoc />
    public void OnReport(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _record.Start(_clock.GetUtcNow(), report.Frames);
        AddTraining(report);
        AddGossip(report);
        if (report.Returns is { } returns)
        {
            _record.Add("train/normalized_return", returns.Normalized);
            foreach ((string environment, double? mean) in returns.MeanReturn100)
            {
                _record.Add("return/" + environment, mean);
            }
        }

        foreach (GaugeReading gauge in report.Gauges)
        {
            _record.Add("architecture/" + JsonNamingPolicy.SnakeCaseLower.ConvertName(gauge.Name), gauge.Value);
        }

        foreach (AgentReport agent in report.Agents.Take(MostAgentsDrawn))
        {
            Add(agent);
        }

        _record.WriteTo(_stream);
    }

    /// <inheritdoc />
    public void OnMessage(string message)
    {
        // Messages are for people; the log has them.
    }

    /// <summary>Closes the file; one without a report, which tells nothing, goes.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (IsEmpty(_stream.Name))
        {
            File.Delete(_stream.Name);
        }
    }

    private void AddTraining(TrainingReport report)
    {
        _record.Add("train/mean_return_100", report.MeanReturn100);
        _record.Add("train/best_mean_return_100", report.BestMeanReturn100);
        _record.Add("train/mean_length_100", report.MeanLength100);
        _record.Add("train/episodes", report.Episodes);
        _record.Add("train/updates", report.Updates);
        _record.Add("train/learning_rate", report.LearningRate);
        _record.Add("train/entropy", report.Entropy);
        _record.Add("train/explained_variance", report.ExplainedVariance);
        _record.Add("train/gradient_norm", report.GradientNorm);
        _record.Add("loss/policy", report.PolicyLoss);
        _record.Add("loss/value", report.ValueLoss);
        _record.Add("train/failed_agents", report.FailedAgents.Count > 0 ? report.FailedAgents.Count : null);
        _record.Add("speed/frames_per_second", report.FramesPerSecond);
    }

    private void AddGossip(TrainingReport report)
    {
        if (report.Agents.Count > 1)
        {
            _record.Add("gossip/max_distance", report.Consensus.MaxDistance);
            _record.Add("gossip/mean_distance", report.Consensus.MeanDistance);
            _record.Add("gossip/relative_distance", report.Consensus.RelativeDistance);
            _record.Add("gossip/bound", report.Consensus.Bound);
        }
    }

    private void Add(AgentReport agent)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"agent_{agent.Rank}/");
        _record.Add(prefix + "mean_return_100", agent.MeanReturn100);
        _record.Add(prefix + "frames_per_second", agent.FramesPerSecond);
        _record.Add(prefix + "entropy", agent.Entropy);
        _record.Add(prefix + "distance_to_mean", agent.DistanceToMean);
        _record.Add(prefix + "staleness", agent.Staleness);
    }

    /// <summary>Whether an event file of ours has no report in it: the record of its version is shorter than any report's.</summary>
    internal static bool IsEmpty(string path) =>
        Path.GetFileName(path).StartsWith(NameBeginning, StringComparison.Ordinal) && new FileInfo(path).Length <= LongestVersionRecord;

    /// <summary>TensorBoard knows event files by "tfevents" in their names and reads them in order of name.</summary>
    private static string NewPath(string directory, DateTimeOffset time)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{NameBeginning}{time.ToUnixTimeSeconds():D10}.gala");
        string path = Path.Combine(directory, name);
        for (int i = 2; File.Exists(path); i++)
        {
            path = Path.Combine(directory, $"{name}.{i}");
        }

        return path;
    }
}
