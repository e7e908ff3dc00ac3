using System.Globalization;
using System.Text.Json;

namespace Gala.Runs;

/// <summary>One of the sessions in which a run is trained: the first starts it, each later one resumes it.</summary>
/// <remarks>After a crash the files of a run tell some frames twice: first what was done after the last checkpoint and is lost, then what a later session
/// did instead. With the number of the session and where it resumed, readers can tell them apart.</remarks>
/// <param name="Number">Number of the session, from 1.</param>
/// <param name="ResumedFrom">Frames of the checkpoint that the session resumed from; null for the first one, and in a process without checkpoints.</param>
public sealed record RunSession(int Number, long? ResumedFrom)
{
    private const string Property = "session"; // of the lines of metrics.jsonl

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Session {Number}: {(Number, ResumedFrom) switch
    {
        (1, _) => "started",
        (_, { } frames) => $"resumed from {frames.ToString("N0", CultureInfo.InvariantCulture)} frames",
        _ => "resumed",
    }}.");

    /// <summary>The session that begins now. Each one left an event file, and its number in the metrics; a user may have deleted either.</summary>
    internal static RunSession Next(RunFolder folder, long? resumedFrom)
    {
        int eventFiles = TensorBoardFile.FilesIn(folder.TensorBoardDirectory).Count;
        int earlier = Math.Max(eventFiles, LastIn(folder.MetricsFile));
        return new RunSession(Math.Max(earlier, resumedFrom is null ? 0 : 1) + 1, resumedFrom);
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber(Property, Number);
        if (ResumedFrom is { } frames)
        {
            json.WriteNumber("resumedFrom", frames);
        }
    }

    /// <summary>The session of the last whole line; 0 if there is none or it does not say.</summary>
    private static int LastIn(string metrics)
    {
        if (!File.Exists(metrics))
        {
            return 0;
        }

        using FileStream stream = new(metrics, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using JsonDocument? last = JsonLines.LastWhole(stream);
        return last is not null && last.RootElement.TryGetProperty(Property, out JsonElement session)
            && session.ValueKind == JsonValueKind.Number && session.TryGetInt32(out int number) && number is > 0 and < int.MaxValue ? number : 0;
    }
}
