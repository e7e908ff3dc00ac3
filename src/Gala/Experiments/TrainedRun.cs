using System.Globalization;
using System.Text.Json;
using Gala.Environments;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Experiments;

/// <summary>A finished run: how it went and how it ended.</summary>
/// <param name="Summary">The root of <c>summary.json</c>.</param>
/// <param name="Reports">Lines of <c>metrics.jsonl</c>, in order.</param>
internal sealed record TrainedRun(JsonElement Summary, IReadOnlyList<JsonElement> Reports)
{
    /// <summary>Mean return of the last 100 training episodes; not a number before the first.</summary>
    public double FinalReturn => Number(Summary, "meanReturn100");

    /// <summary>Training time in seconds, over all sessions of the run.</summary>
    public double Seconds => Number(Summary, "wallSeconds");

    /// <summary>Frames a second over the whole run.</summary>
    public double FramesPerSecond => Number(Summary, "framesPerSecond");

    /// <summary>Trains, or takes the run that is there already if it has the same options and came to its end. One that was interrupted goes on
    /// from its newest checkpoint, if it has the same options and a checkpoint; otherwise it is trained anew.</summary>
    /// <param name="options">Options of the run, with the folder to train in.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <param name="resume">Whether an interrupted run may go on. Otherwise it leaves nothing, for figures that count within one session.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="TrainingFailedException">The run failed.</exception>
    /// <exception cref="InvalidRunException">The folder is no run's, or another process trains in it.</exception>
    public static TrainedRun TrainOrLoad(RunOptions options, CancellationToken stop, bool resume = true)
    {
        if (TryLoad(options) is { } finished)
        {
            return finished;
        }

        stop.ThrowIfCancellationRequested();
        if (Train(options, resume, stop).Interrupted)
        {
            if (!resume)
            {
                Directory.Delete(options.Run!, recursive: true);
            }

            throw new OperationCanceledException(stop);
        }

        return Load(options.Run!);
    }

    /// <summary>The run of these options that came to its end; null if there is none.</summary>
    /// <param name="options">Options of the run, with its folder.</param>
    public static TrainedRun? TryLoad(RunOptions options) => IsFinished(options) ? Load(options.Run!) : null;

    /// <summary>The lines without those that a crash made void: of frames after the checkpoint that a later session resumed from.</summary>
    internal static IReadOnlyList<JsonElement> WithoutLost(IReadOnlyList<JsonElement> reports)
    {
        List<JsonElement> kept = [];
        (double session, double from, double most) = (double.NaN, double.PositiveInfinity, double.PositiveInfinity);
        foreach (JsonElement report in reports.Reverse())
        {
            double number = Number(report, "session") is var known && double.IsFinite(known) ? known : 1;
            (session, most) = (number, number == session ? most : Math.Min(most, from));
            from = Number(report, "resumedFrom") is var frames && double.IsFinite(frames) ? frames : double.PositiveInfinity;
            if (Number(report, "frames") <= most)
            {
                kept.Add(report);
            }
        }

        kept.Reverse();
        return kept;
    }

    /// <summary>One figure over another, such as return over frames, from the reports where both are known.</summary>
    public IReadOnlyList<(double X, double Y)> Curve(string x, string y) =>
        [.. Reports.Select(report => (X: Number(report, x), Y: Number(report, y))).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];

    /// <summary>The last mean return of one of several environments; not a number before its first episode.</summary>
    public double ReturnOf(string environment) => Summary.TryGetProperty("returns", out JsonElement returns) ? Number(returns, environment) : double.NaN;

    /// <summary>Return of one of several environments over its share of the frames.</summary>
    /// <param name="environment">One that the run plays.</param>
    /// <param name="environments">How many it plays, each in equally many simulators.</param>
    public IReadOnlyList<(double X, double Y)> CurveOf(string environment, int environments) =>
        [.. Reports.Select(report => (X: Number(report, "frames") / environments, Y: Number(report.GetProperty("returns"), environment)))
            .Where(point => double.IsFinite(point.Y))];

    /// <summary>A number of the summary that not every architecture has; null if it is missing.</summary>
    public double? Find(string name) => Number(Summary, name) is var value && double.IsFinite(value) ? value : null;

    /// <summary>Deletes the run of an earlier attempt that was stopped, and puts aside one of other options that came to its end.</summary>
    internal static void MakeRoom(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return;
        }

        string claim = Path.Combine(folder, "run.lock"); // the first file of a run
        if (!File.Exists(claim) && !File.Exists(Path.Combine(folder, "run.yaml")))
        {
            throw new InvalidRunException($"{OneLine.QuotePath(folder)} is not empty and holds no run: choose another --output, or delete it");
        }

        try
        {
            using FileStream held = new(claim, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRunException(
                $"another process trains in {OneLine.QuotePath(folder)} ({OneLine.Message(exception)}): wait for it, or choose another --output", exception);
        }

        if (File.Exists(Path.Combine(folder, "summary.json")))
        {
            int number = 1;
            while (Path.Exists($"{folder}-before-{number.ToString(CultureInfo.InvariantCulture)}"))
            {
                number++;
            }

            Directory.Move(folder, $"{folder}-before-{number.ToString(CultureInfo.InvariantCulture)}");
            return;
        }

        Directory.Delete(folder, recursive: true);
    }

    private static TrainingOutcome Train(RunOptions options, bool resume, CancellationToken stop)
    {
        string folder = options.Run!;
        if (resume && HasSameOptions(options) && !UnusedRun.IsLocked(folder) && CheckpointStore.HasAny(Path.Combine(folder, "checkpoints")))
        {
            try
            {
                return TrainingRun.Resume(folder, frames: null, [], stop);
            }
            catch (InvalidRunException)
            {
                // No whole checkpoint, or one that this version cannot go on from: what follows trains anew, or says who else trains there.
            }
        }

        MakeRoom(folder);
        return TrainingRun.Start(options, [], stop);
    }

    private static TrainedRun Load(string folder)
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "summary.json")));
        return new TrainedRun(summary.RootElement.Clone(), WithoutLost([.. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(Parse)]));
    }

    private static bool IsFinished(RunOptions options)
    {
        string path = Path.Combine(options.Run!, "summary.json");
        if (!File.Exists(path) || !HasSameOptions(options))
        {
            return false;
        }

        using JsonDocument summary = JsonDocument.Parse(File.ReadAllBytes(path));
        const double WholeRounds = 0.95; // of several processes or agents that share the frames, each may leave some undone
        double frames = Number(summary.RootElement, "frames");
        RunOptions resolved = RunDefaults.Resolve(options, EnvironmentRegistry.Default.SpecOf);
        return frames >= WholeRounds * options.Frames
            || frames + RunDefaults.FramesOfARound(resolved, EnvironmentRegistry.Default.SpecOf(resolved.Environment)) > options.Frames;
    }

    /// <summary>Whether the folder's run has these very options, a graph from a file included.</summary>
    private static bool HasSameOptions(RunOptions options)
    {
        (string file, string graph) = (Path.Combine(options.Run!, "run.yaml"), Path.Combine(options.Run!, RunFolder.TopologyName));
        RunOptions wanted = RunDefaults.Resolve(options, EnvironmentRegistry.Default.SpecOf) with { Run = null };
        byte[]? edges = RunTopology.ReadFileOf(wanted);
        wanted = edges is null ? wanted : wanted with { Topology = RunFolder.TopologyName };
        return File.Exists(file) && WithoutRunners(File.ReadAllText(file)) == WithoutRunners(RunOptionsFile.Write(wanted))
            && (edges is null || (File.Exists(graph) && File.ReadAllBytes(graph).AsSpan().SequenceEqual(edges)));
    }

    /// <summary>A configuration without what changes from machine to machine and nothing of what is learned.</summary>
    private static string WithoutRunners(string configuration) =>
        string.Join('\n', configuration.Split('\n').Where(line => !line.StartsWith("runners:", StringComparison.Ordinal)));

    private static double Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
