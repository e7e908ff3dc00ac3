using System.Security.Cryptography;
using System.Text;

namespace Gala.Runs.Checkpoints;

/// <summary><c>run.yaml</c> of a checkpoint: the options that it was trained with, so that a change of the run's own can be named.</summary>
/// <remarks>The manifest does not list it, so older versions read the checkpoint as before. Its first line is a comment with the digest of
/// the rest; a file that is damaged is as good as none, since nothing else hangs on it.</remarks>
internal static class OptionsOfCheckpoint
{
    public const string FileName = "run.yaml";
    private const string DigestMark = "# sha256 ";

    public static byte[] ToBytes(RunOptions options)
    {
        string yaml = RunOptionsFile.Write(options with { Run = null });
        return Encoding.UTF8.GetBytes($"{DigestMark}{Digest(yaml)}\n{yaml}");
    }

    /// <summary>The options kept in a checkpoint's folder; null if there are none that are whole.</summary>
    public static RunOptions? Read(string directory)
    {
        if (!RunOptionsFile.TryReadText(Path.Combine(directory, FileName), out string text, out _)
            || text.Split('\n', 2) is not [string first, string yaml]
            || first != DigestMark + Digest(yaml))
        {
            return null;
        }

        try
        {
            return RunOptionsFile.ParseOfRun(yaml, FileName);
        }
        catch (InvalidOptionsException) // of a version that knows other options
        {
            return null;
        }
    }

    private static string Digest(string yaml) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
}
