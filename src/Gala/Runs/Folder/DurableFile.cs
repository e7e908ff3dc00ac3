using System.Runtime.InteropServices;

namespace Gala.Runs;

/// <summary>Writes files that are whole or absent after a crash or a power cut.</summary>
internal static class DurableFile
{
    /// <summary>Ending of files and folders that are not whole yet; what a crash leaves behind with it may be deleted.</summary>
    public const string TemporaryEnding = ".tmp";

    /// <summary>Replaces a file in one step: written beside it, flushed to disk, renamed. If that fails, the old one is as it was.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + TemporaryEnding;
        FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None); // fails while another process writes the same
        try
        {
            using (stream)
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary); // on a full disk it holds what others need
            throw;
        }

        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes names in a folder durable: a rename is on disk only when its folder is.</summary>
    /// <remarks>.NET opens no folders, so this asks the C library; a system that refuses (some network disks) keeps its own promise
    /// about renames, and Windows writes names through its journal.</remarks>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = NativeMethods.Open(path, NativeMethods.ReadOnly);
        if (descriptor >= 0)
        {
            _ = NativeMethods.Flush(descriptor);
            _ = NativeMethods.Close(descriptor);
        }
    }

    private static class NativeMethods
    {
        public const int ReadOnly = 0;

        [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Flush(int descriptor);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
