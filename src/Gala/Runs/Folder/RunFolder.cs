using System.Text;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>The folder that holds everything of a run.</summary>
/// <remarks>A folder that is trained in is locked until it is disposed; a process that dies lets go of its lock.</remarks>
public sealed class RunFolder : IDisposable
{
    /// <summary>Name of the run's own copy of a graph that came from a file; none that a user would give one.</summary>
    internal const string TopologyName = "run.topology.yaml";
    internal const string RecordName = "record.bin";

    private FileStream? _lock;
    private string? _lockedPath; // of the lock's file when it was taken
    private bool _isStarted; // by us, and not only opened
    private bool _isNew; // made by us
    private byte[]? _graph; // what TopologyFile holds, should the folder be deleted

    private RunFolder(string path) => Path = path;

    /// <summary>The folder's path as given, or where the folder is now if it was renamed while it was locked.</summary>
    public string Path { get; private set; }

    /// <summary><c>run.yaml</c>: the whole effective configuration.</summary>
    public string OptionsFile => System.IO.Path.Combine(Path, "run.yaml");

    /// <summary><c>run.topology.yaml</c>: the graph that agents gossip on, where it came from a file.</summary>
    public string TopologyFile => System.IO.Path.Combine(Path, TopologyName);

    /// <summary><c>metrics.jsonl</c>: a line per report.</summary>
    public string MetricsFile => System.IO.Path.Combine(Path, "metrics.jsonl");

    /// <summary><c>summary.json</c>: the outcome.</summary>
    public string SummaryFile => System.IO.Path.Combine(Path, "summary.json");

    /// <summary><c>log.txt</c>: messages with their times.</summary>
    public string LogFile => System.IO.Path.Combine(Path, "log.txt");

    /// <summary>What chance decided in the run, of one that is recorded.</summary>
    public string RecordFile => System.IO.Path.Combine(Path, RecordName);

    /// <summary><c>checkpoints/</c>.</summary>
    public string CheckpointsDirectory => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary><c>tensorboard/</c>: event files.</summary>
    public string TensorBoardDirectory => System.IO.Path.Combine(Path, "tensorboard");

    private string LockFile => UnusedRun.LockOf(Path);

    /// <summary>Makes a new run folder, locked.</summary>
    /// <param name="path">A folder that is new or empty, or in which a run was started that trained nothing.</param>
    /// <exception cref="InvalidRunException">The folder is not empty or cannot be made; nothing was written.</exception>
    public static RunFolder Create(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RunFolder folder = new(path);
        try
        {
            folder._isNew = !Directory.Exists(path);
            Directory.CreateDirectory(path);
            bool isEmpty = !Directory.EnumerateFileSystemEntries(path).Any();
            if (!isEmpty && !UnusedRun.IsIn(path))
            {
                throw NotEmpty(folder);
            }

            // Claims the folder: of two processes that both found it empty, only one can make this file; else only one gets the lock.
            folder.TakeLock(isEmpty ? FileMode.CreateNew : FileMode.Open);
            if (!UnusedRun.HoldsNothingElse(path))
            {
                folder.Dispose();
                throw NotEmpty(folder); // somebody trained in it before the lock was ours
            }

            UnusedRun.Clear(path);
            folder._isStarted = true;
            return folder;
        }
        catch (IOException) when (File.Exists(folder.LockFile))
        {
            folder.Dispose();
            throw NotEmpty(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidRunException(
                $"--run: cannot make the folder {OneLine.QuotePath(path)}: {OneLine.Message(exception).TrimEnd('.')}; choose another one", exception);
        }
    }

    /// <summary>Makes the folder that the options ask for, or a new one under <c>runs/</c>, with <c>run.yaml</c> in it, locked.</summary>
    /// <param name="options">With nothing left open.</param>
    /// <param name="clock">Gives the time in a new folder's name; the system's without one.</param>
    /// <exception cref="InvalidRunException">The folder is not empty or cannot be made; nothing was written.</exception>
    public static RunFolder Create(RunOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        RunFolder folder = Create(options.Run ?? RunFolderName.NewUnder("runs", options, (clock ?? TimeProvider.System).GetLocalNow()));
        try
        {
            folder.WriteOptions(options);
            return folder;
        }
        catch (Exception exception)
        {
            folder.Withdraw();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new InvalidRunException($"--run: cannot write to the folder {OneLine.QuotePath(folder.Path)}: "
                    + $"{OneLine.Message(exception).TrimEnd('.')}; choose another one", exception);
            }

            throw;
        }
    }

    /// <summary>Finds the run in a folder, to read it; see <see cref="Lock"/> for more.</summary>
    /// <exception cref="InvalidRunException">There is no run in it.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        RunFolder folder = new(path);
        if (!Directory.Exists(path))
        {
            throw new InvalidRunException($"there is no folder {OneLine.QuotePath(path)}; give the folder of a run, such as one under runs/");
        }

        return File.Exists(folder.OptionsFile)
            ? folder
            : throw new InvalidRunException($"{OneLine.QuotePath(path)} holds no run: there is no run.yaml in it; give the folder of a run");
    }

    /// <summary>Keeps other processes from training in this folder until disposed; a process that dies lets go.</summary>
    /// <exception cref="InvalidRunException">Another process holds the lock.</exception>
    public void Lock()
    {
        if (_lock is not null)
        {
            return;
        }

        try
        {
            TakeLock(FileMode.OpenOrCreate);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRunException(
                $"{OneLine.QuotePath(Path)} cannot be locked, as when another process trains in it ({OneLine.Message(exception)}); "
                + "wait for that process or end it", exception);
        }
    }

    /// <summary>Finds out where the folder is now, and follows it there if it was renamed. Only while it is locked.</summary>
    internal FolderFate Find()
    {
        string? path = _lock is null ? null : OpenFile.PathOf(_lock);
        if (path is null && IsThereWithoutItsLock())
        {
            return FolderFate.Kept;
        }

        if (path is null || System.IO.Path.GetDirectoryName(path) is not { } directory)
        {
            return FolderFate.Gone;
        }

        if (path == _lockedPath)
        {
            return FolderFate.Kept;
        }

        (Path, _lockedPath) = (directory, path);
        return FolderFate.Moved;
    }

    /// <summary>Makes a folder anew that was deleted, with <c>run.yaml</c> in it, locked; beside it if there is something else in its place.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal void Restore(RunOptions options)
    {
        using RunFolder made = CreateFree(Path);
        _lock?.Dispose();
        (Path, _lock, _lockedPath) = (made.Path, made._lock, made._lockedPath);
        made._lock = null;
        if (_graph is not null)
        {
            DurableFile.Replace(TopologyFile, _graph);
            options = options with { Topology = TopologyFile };
        }

        WriteOptions(options);
    }

    /// <summary>The options as <c>run.yaml</c> has them, whatever the run's folder is called.</summary>
    internal static RunOptions AsWritten(RunOptions options) => options with
    {
        Run = null,
        Topology = System.IO.Path.GetFileName(options.Topology) == TopologyName ? TopologyName : options.Topology,
    };

    /// <summary>Writes <c>run.yaml</c>, in one step, and copies the graph that the options take from a file, byte for byte.</summary>
    /// <param name="options"><see cref="RunOptions.Run"/> is left out, so that the file repeats the run in a new folder.</param>
    /// <exception cref="InvalidOptionsException">The graph's file cannot be read.</exception>
    public void WriteOptions(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (RunTopology.FileOf(options) is { } graph)
        {
            if (System.IO.Path.GetFullPath(graph) != System.IO.Path.GetFullPath(TopologyFile))
            {
                _graph = RunTopology.ReadFileOf(options);
                DurableFile.Replace(TopologyFile, _graph);
            }

            options = options with { Topology = TopologyName };
        }

        DurableFile.Replace(OptionsFile, Encoding.UTF8.GetBytes(RunOptionsFile.Write(options with { Run = null })));
    }

    /// <summary>Reads <c>run.yaml</c>, with <see cref="RunOptions.Run"/> set to this folder, and <see cref="RunOptions.Topology"/> to its
    /// own copy of a graph.</summary>
    /// <exception cref="InvalidRunException">The file is damaged or leaves something open.</exception>
    public RunOptions ReadOptions()
    {
        try
        {
            RunOptions options = RunOptionsFile.ReadOfRun(OptionsFile) with { Run = Path };
            // Even if it is gone: no other file of that name will do.
            options = options.Topology == TopologyName ? options with { Topology = TopologyFile } : options;
            _graph ??= options.Topology == TopologyFile && File.Exists(TopologyFile) ? RunTopology.ReadFileOf(options) : null;
            IReadOnlyList<OptionProblem> problems = [.. RunOptionsValidator.Check(options), .. RunOptionsValidator.LeftOpen(options)];
            return problems.Count == 0 ? options : throw new InvalidOptionsException(problems);
        }
        catch (InvalidOptionsException exception)
        {
            throw new InvalidRunException(
                $"{OneLine.QuotePath(OptionsFile)} is damaged: {string.Join("; ", exception.Problems)}; fix the file", exception);
        }
    }

    /// <summary>Takes back what <see cref="Create(string)"/> and what came after it have written, where nothing was trained: a start that is
    /// refused leaves no folder in the way of the next. A folder that was there before stays, empty; a run that was only opened is not
    /// touched. Lets go of the lock.</summary>
    internal void Withdraw()
    {
        try
        {
            if (_isStarted && !Directory.Exists(CheckpointsDirectory) && !File.Exists(SummaryFile) && Directory.Exists(Path))
            {
                UnusedRun.Clear(Path);
                if (!Directory.EnumerateDirectories(Path, "rank-*").Any()) // else the next start knows by the lock that it may take over
                {
                    File.Delete(LockFile);
                }

                if (_isNew && !Directory.EnumerateFileSystemEntries(Path).Any())
                {
                    Directory.Delete(Path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be deleted is said by the next start; what is thrown already tells why this one ends.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private static RunFolder CreateFree(string path)
    {
        try
        {
            return Create(RunFolderName.Free(path));
        }
        catch (InvalidRunException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Takes the lock anew where its file alone was deleted. A folder of another run in the same place would have one.</summary>
    private bool IsThereWithoutItsLock()
    {
        if (!File.Exists(OptionsFile) || File.Exists(LockFile))
        {
            return false;
        }

        try
        {
            Dispose();
            TakeLock(FileMode.CreateNew);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void TakeLock(FileMode mode)
    {
        _lock = new FileStream(LockFile, mode, FileAccess.ReadWrite, FileShare.None);
        _lockedPath = OpenFile.PathOf(_lock);
    }

    private static InvalidRunException NotEmpty(RunFolder folder)
    {
        string path = OneLine.QuotePath(folder.Path);
        return UnusedRun.IsLocked(folder.Path) ? new InvalidRunException($"--run: another process trains in the folder {path}; choose another one")
            : !File.Exists(folder.OptionsFile) ? new InvalidRunException($"--run: the folder {path} is not empty; choose another one")
            : !CheckpointStore.HasAny(folder.CheckpointsDirectory) ? new InvalidRunException(
                $"--run: the folder {path} is not empty: it has a run.yaml, but no checkpoint to go on from; choose another one, or delete it")
            : new InvalidRunException($"--run: the folder {path} holds a run; choose another one, or go on with it: TrainingRun.Resume")
            {
                ExistingRun = folder.Path,
            };
    }
}
