using System.Buffers;
using System.Text.Json;

namespace Gala.Runs;

/// <summary>Appends each report to <c>metrics.jsonl</c> as one line of JSON.</summary>
/// <remarks>Every line is written in one call and handed to the system at once: who follows the file sees whole lines, and a crash
/// loses at most the last one. Numbers that are not finite are null.</remarks>
public sealed class MetricsFile : ITrainingObserver, IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly RunSession _session;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Opens the file to go on at its end; a line that a crash cut short is taken away first.</summary>
    /// <param name="path">The file, made if it is not there.</param>
    /// <param name="clock">Gives the time of each line.</param>
    /// <param name="session">Session that each line names; null for the first of a run.</param>
    public MetricsFile(string path, TimeProvider clock, RunSession? session = null)
    {
        (_clock, _session) = (clock, session ?? new RunSession(1, ResumedFrom: null));
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        JsonLines.Repair(_stream);
        _json = new Utf8JsonWriter(_line);
    }

    /// <inheritdoc />
    public void OnReport(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _line.ResetWrittenCount();
        _json.Reset();
        TrainingReportJson.Write(_json, report, _clock.GetUtcNow(), _session);
        _json.Flush();
        _line.GetSpan(1)[0] = LineEnd;
        _line.Advance(1);
        WholeAppend.Write(_stream, _line.WrittenSpan);
    }

    /// <inheritdoc />
    public void OnMessage(string message)
    {
        // Messages are for people; the log has them.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }
}
