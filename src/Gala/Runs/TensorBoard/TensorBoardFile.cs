using System.Globalization;
using System.Text.Json;

namespace Gala.Runs;

/// <summary>Writes each report to an event file that TensorBoard draws: <c>tensorboard --logdir runs</c>. Its steps are frames.</summary>
public sealed class TensorBoardFile : ITrainingObserver, IDisposable
{
    private const string FileVersion = "brain.Event:2";
    private const int LongestStart = 128; // bytes of the version and the mark of a session
    private const string Prefix = "events.out.tfevents.";
    private const string Ending = ".gala";
    private const long LatestSeconds = 9_999_999_998; // ten digits, with room for one more file
    private const int MostAgentsDrawn = 16; // more curves than that in one picture tell nothing

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly EventRecord _record = new();
    private readonly TimeSpan _behind; // how far the clock is behind the files that are there
    private DateTimeOffset _last; // time of the last event

    /// <summary>Starts a new event file in a folder; TensorBoard joins the files of one folder.</summary>
    /// <param name="directory">Folder, made if it is not there.</param>
    /// <param name="clock">Gives the time of each event. Where it goes back, or is behind the files that are there, the events' times do not.</param>
    /// <param name="session">Session that is written: one that resumed a run makes TensorBoard discard what the sessions before did after the checkpoint.
    /// Null leaves earlier events alone.</param>
    public TensorBoardFile(string directory, TimeProvider clock, RunSession? session = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Directory.CreateDirectory(directory);
        _clock = clock;
        IReadOnlyList<string> earlier = FilesIn(directory);
        DateTimeOffset now = clock.GetUtcNow();
        if (earlier is [.., string newest] && new DateTimeOffset(File.GetLastWriteTimeUtc(newest)) is var written && written > now)
        {
            _behind = written - now;
        }

        _stream = new FileStream(
            Path.Combine(directory, NewName(earlier, now)), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _record.Start(Now(), step: 0);
        _record.SetFileVersion(FileVersion);
        _record.WriteTo(_stream);
        MarkStart(session);
    }

    /// <summary>The event files of a folder in the order in which TensorBoard reads them; none if there is no such folder.</summary>
    internal static IReadOnlyList<string> FilesIn(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*tfevents*").Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc />
    public void OnReport(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _record.Start(Now(), report.Frames);
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
        bool isEmpty = _stream.Length <= LongestStart;
        _stream.Dispose();
        if (isEmpty && File.Exists(_stream.Name)) // the folder may have been renamed
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
        _record.Add(prefix + "mix_share", agent.MixShare);
        _record.Add(prefix + "staleness", agent.Staleness);
    }

    /// <summary>Whether an event file of ours has no report in it: what begins a file is shorter than any report.</summary>
    internal static bool IsEmpty(string path) =>
        Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal) && new FileInfo(path).Length <= LongestStart;

    /// <summary>Readers take the first start that they meet for that of the run, and discard at every later one. A run of a version that marked none has only
    /// those of resumed sessions; so these say it twice.</summary>
    private void MarkStart(RunSession? session)
    {
        (int times, long step) = session switch
        {
            { ResumedFrom: { } frames } => (2, frames + 1), // what was reported at the checkpoint itself stays
            { Number: 1 } => (1, 0),
            _ => (0, 0L),
        };
        for (int i = 0; i < times; i++)
        {
            _record.Start(Now(), step);
            _record.SetSessionStart();
            _record.WriteTo(_stream);
        }
    }

    private DateTimeOffset Now()
    {
        DateTimeOffset now = _clock.GetUtcNow() + _behind;
        return _last = now > _last ? now : _last;
    }

    /// <summary>TensorBoard knows event files by "tfevents" in their names and reads them in order of name: the newest must sort last, whatever the clock says.</summary>
    private static string NewName(IReadOnlyList<string> earlier, DateTimeOffset now)
    {
        long seconds = now.ToUnixTimeSeconds();
        if (earlier is not [.., string newest])
        {
            return NameOf(seconds);
        }

        string last = Path.GetFileName(newest);
        string name = NameOf(Math.Max(seconds, SecondsIn(last) + 1));
        return string.CompareOrdinal(name, last) > 0 ? name : last + Ending;
    }

    private static string NameOf(long seconds) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seconds:D10}{Ending}");

    /// <summary>The time that a file's name tells; 0 if it tells none, or one in a far future.</summary>
    private static long SecondsIn(string name)
    {
        ReadOnlySpan<char> rest = name.StartsWith(Prefix, StringComparison.Ordinal) ? name.AsSpan(Prefix.Length) : [];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= LatestSeconds ? seconds : 0;
    }
}
