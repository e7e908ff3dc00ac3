using System.Text;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>The folder of a sweep, kept from other processes while it is open: <c>sweep.yaml</c>, <c>runs/</c> and the report.</summary>
internal sealed class SweepFolder : IDisposable
{
    private const string PlanName = "sweep.yaml";

    private readonly FileStream _lock;

    /// <summary>Opens or makes the folder.</summary>
    /// <param name="path">A folder that is new, empty, or a sweep's.</param>
    /// <exception cref="InvalidRunException">It holds something else, another process uses it, or it cannot be made.</exception>
    public SweepFolder(string path)
    {
        Path = path;
        string claim = System.IO.Path.Combine(path, "sweep.lock");
        try
        {
            if (Directory.Exists(path) && !File.Exists(claim) && !File.Exists(System.IO.Path.Combine(path, PlanName))
                && Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new InvalidRunException($"--output: {OneLine.QuotePath(path)} is not empty and holds no sweep: choose another folder, or empty it");
            }

            Directory.CreateDirectory(path);
            _lock = new FileStream(claim, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(claim))
        {
            throw new InvalidRunException(
                $"--output: another sweep works in {OneLine.QuotePath(path)} ({OneLine.Message(exception).TrimEnd('.')}): wait for it, or choose another folder", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidRunException(
                $"--output: cannot make the folder {OneLine.QuotePath(path)}: {OneLine.Message(exception).TrimEnd('.')}; choose another one", exception);
        }
    }

    /// <summary>Path of the folder.</summary>
    public string Path { get; }

    /// <summary>Writes the plan.</summary>
    public void Write(SweepPlan plan) => Write(PlanName, SweepPlanYaml.Write(plan));

    /// <summary>Writes or replaces a file in one step.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        DurableFile.Replace(path, Encoding.UTF8.GetBytes(content));
        return path;
    }

    /// <summary>Lets others use the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
