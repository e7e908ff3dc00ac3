namespace Gala.Runs;

/// <summary>Tells where a file is now that this process holds open, whatever was renamed since.</summary>
internal static class OpenFile
{
    private const string DeletedEnding = " (deleted)"; // of what Linux says of a file without a name

    /// <summary>The present full path of an open file; null if it was deleted, or if the system cannot tell.</summary>
    public static string? PathOf(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(file.Name) ? file.Name : null; // other systems do not tell; Windows renames no folder with an open file in it
        }

        try
        {
            string? path = File.ResolveLinkTarget($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;
            return path is null || (path.EndsWith(DeletedEnding, StringComparison.Ordinal) && !File.Exists(path)) ? null : path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return File.Exists(file.Name) ? file.Name : null; // without /proc
        }
    }
}
