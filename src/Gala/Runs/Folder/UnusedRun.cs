namespace Gala.Runs;

/// <summary>What a start leaves in a run's folder before anything is trained: such a folder may be started in anew.</summary>
/// <remarks>Nothing else is ever deleted: no file of the user, no line of metrics or log, no checkpoint.</remarks>
internal static class UnusedRun
{
    private const string LockName = "run.lock";
    private const int LongestMark = 64; // bytes of the log's line that a session begins
    private static readonly string[] Settings = ["run.yaml", RunFolder.TopologyName];

    /// <summary>Whether a start was here, is over, and has trained nothing.</summary>
    public static bool IsIn(string directory) =>
        File.Exists(LockOf(directory)) && !IsLocked(directory) && HoldsNothingElse(directory);

    /// <summary>Whether all that is in a folder is what a start leaves there before anything is trained.</summary>
    public static bool HoldsNothingElse(string directory) =>
        Directory.EnumerateFiles(directory).All(IsOfAStart)
        && Directory.EnumerateDirectories(directory).All(folder => IsEvents(folder) || (IsPart(folder) && IsIn(folder)));

    /// <summary>Deletes what a start leaves, but for the lock.</summary>
    public static void Clear(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory).Where(file => IsOfAStart(file) && Path.GetFileName(file) != LockName).ToArray())
        {
            File.Delete(file);
        }

        foreach (string folder in Directory.EnumerateDirectories(directory).ToArray())
        {
            if (IsEvents(folder))
            {
                Array.ForEach(Directory.GetFiles(folder), File.Delete);
                Directory.Delete(folder);
            }
            else if (IsPart(folder) && IsIn(folder))
            {
                Clear(folder);
                File.Delete(LockOf(folder));
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Whether another process trains in a folder.</summary>
    public static bool IsLocked(string directory)
    {
        try
        {
            using FileStream probe = new(LockOf(directory), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public static string LockOf(string directory) => Path.Combine(directory, LockName);

    private static bool IsOfAStart(string file)
    {
        string name = Path.GetFileName(file);
        return name is LockName or RunFolder.RecordName
            || Settings.Any(setting => name == setting || name == setting + DurableFile.TemporaryEnding)
            || (name == "metrics.jsonl" && new FileInfo(file).Length == 0)
            || (name == "log.txt" && IsEmptyLog(file));
    }

    /// <summary>Whether a log tells no more than that a first session began.</summary>
    private static bool IsEmptyLog(string file)
    {
        long length = new FileInfo(file).Length;
        return length == 0 || (length <= LongestMark && File.ReadAllText(file).EndsWith(new RunSession(1, ResumedFrom: null) + "\n", StringComparison.Ordinal));
    }

    /// <summary>Event files that have no event yet.</summary>
    private static bool IsEvents(string folder) => Path.GetFileName(folder) == "tensorboard"
        && !Directory.EnumerateDirectories(folder).Any() && Directory.EnumerateFiles(folder).All(TensorBoardFile.IsEmpty);

    /// <summary>The folder of one of several processes.</summary>
    private static bool IsPart(string folder) => Path.GetFileName(folder).StartsWith("rank-", StringComparison.Ordinal);
}
