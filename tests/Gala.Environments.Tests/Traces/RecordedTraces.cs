namespace Gala.Environments.Tests.Traces;

/// <summary>Where recorded plays of the original games may lie: too large for the repository, so not on every machine.</summary>
internal static class RecordedTraces
{
    /// <summary>What the environment variable GALA_TRACES names, else shared/minatar-traces beside the repository; or null.</summary>
    public static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("GALA_TRACES") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gala.slnx")))
        {
            folder = folder.Parent;
        }

        string? beside = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "minatar-traces") : null;
        return Directory.Exists(beside) ? beside : null;
    }

    public static string[] Files() => Folder() is { } folder ? [.. Directory.GetFiles(folder, "*.jsonl.gz").Order()] : [];
}
