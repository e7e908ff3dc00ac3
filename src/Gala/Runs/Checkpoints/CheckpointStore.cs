using System.Globalization;

namespace Gala.Runs.Checkpoints;

/// <summary>The checkpoints of a run: folders named by their frames, each whole or not there.</summary>
/// <remarks>A checkpoint is written under a temporary name, flushed to disk, and renamed; older ones go only after that. One process
/// saves at a time (the run folder's lock); others may load meanwhile.</remarks>
/// <param name="directory">Made when the first checkpoint is saved.</param>
/// <param name="keep">How many of the newest stay, at least 1.</param>
public sealed class CheckpointStore(string directory, int keep = 3)
{
    private const string NameFormat = "D12";
    private const int MostListings = 20; // each ends because a checkpoint was replaced meanwhile, which takes longer than reading one

    /// <summary>Saves a checkpoint; a whole one of the same frames is left as it is.</summary>
    /// <returns>The checkpoint's folder.</returns>
    /// <exception cref="IOException">The disk refuses; earlier checkpoints remain.</exception>
    public string Save(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Directory.CreateDirectory(directory);
        DeleteLeftovers();
        string path = PathOf(checkpoint.Frames);
        if (CheckpointReader.TryRead(path, out _, out _))
        {
            return path;
        }

        Delete(path); // damaged, if it is there at all
        string temporary = path + DurableFile.TemporaryEnding;
        try
        {
            CheckpointWriter.Write(temporary, checkpoint);
        }
        catch
        {
            Delete(temporary); // half of a checkpoint only takes room from what comes later
            throw;
        }

        Directory.Move(temporary, path);
        DurableFile.FlushDirectory(directory);
        DeleteOutdated(checkpoint.Frames);
        return path;
    }

    /// <summary>Whether there is a checkpoint of so many frames, whole or not.</summary>
    internal bool Holds(long frames) => Directory.Exists(PathOf(frames));

    /// <summary>Loads the newest checkpoint that is whole, also while another process trains, which deletes old ones and saves new ones.</summary>
    /// <param name="report">Hears of newer ones that are damaged.</param>
    /// <exception cref="InvalidRunException">None is whole; the message names what is damaged.</exception>
    public Checkpoint LoadNewestWhole(Action<string>? report = null)
    {
        long[]? before = null;
        for (int listing = 0; listing < MostListings; listing++)
        {
            long[] listed = [.. Frames().OrderDescending()];
            Listed?.Invoke();
            if (TryLoadNewestWhole(listed, report, out string? damage) is { } checkpoint)
            {
                return checkpoint;
            }

            // A folder may be listed while one checkpoint takes another's place, and show neither: only the same list twice is true.
            if (before is not null && listed.SequenceEqual(before))
            {
                throw NoneWhole(damage);
            }

            before = listed;
        }

        throw new InvalidRunException($"the checkpoints in {OneLine.QuotePath(directory)} are replaced sooner than they can be read; try again, "
            + "or let the run keep more of them");
    }

    /// <summary>Called between listing the checkpoints and reading them: where tests put what another process may do then.</summary>
    internal Action? Listed { get; init; }

    /// <summary>The newest whole one of those listed; null if none is, or if one has gone meanwhile, so that a newer one must be there.</summary>
    private Checkpoint? TryLoadNewestWhole(long[] listed, Action<string>? report, out string? damage)
    {
        damage = null;
        foreach (long frames in listed)
        {
            string path = PathOf(frames), name = Path.GetFileName(path);
            if (CheckpointReader.TryRead(path, out Checkpoint? checkpoint, out string problem))
            {
                if (damage is not null)
                {
                    report?.Invoke($"{damage}; checkpoint {name} is used instead");
                }

                return checkpoint;
            }

            if (!Directory.Exists(path))
            {
                return null;
            }

            damage ??= $"checkpoint {name} {problem}";
        }

        return null;
    }

    private InvalidRunException NoneWhole(string? damage) => new(damage is null
        ? $"{OneLine.QuotePath(directory)} holds no checkpoint: wait for the first one if the run still trains; if it has ended, start a new run"
        : $"{damage}; no other checkpoint in {OneLine.QuotePath(directory)} is whole; start a new run");

    /// <summary>Whether a folder holds a checkpoint, be it damaged.</summary>
    internal static bool HasAny(string directory) => new CheckpointStore(directory).Frames().Any();

    private string PathOf(long frames) => Path.Combine(directory, frames.ToString(NameFormat, CultureInfo.InvariantCulture));

    private IEnumerable<long> Frames()
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (string path in Directory.EnumerateDirectories(directory))
        {
            if (long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out long frames)
                && PathOf(frames) == path)
            {
                yield return frames;
            }
        }
    }

    /// <summary>What is newer than the checkpoint just saved was skipped as damaged when the run was resumed; only such goes.</summary>
    private void DeleteOutdated(long saved)
    {
        long[] others = [.. Frames().Where(frames => frames != saved).OrderDescending()];
        foreach (long frames in others.Where(frames => frames < saved).Skip(keep - 1))
        {
            Delete(PathOf(frames));
        }

        foreach (long frames in others.Where(frames => frames > saved && !CheckpointReader.TryRead(PathOf(frames), out _, out _)))
        {
            Delete(PathOf(frames));
        }
    }

    private void DeleteLeftovers()
    {
        foreach (string path in Directory.EnumerateDirectories(directory, "*" + DurableFile.TemporaryEnding))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Takes the name away first, so that a crash while deleting leaves no half of a checkpoint behind.</summary>
    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            string temporary = path + ".deleted" + DurableFile.TemporaryEnding;
            Directory.Move(path, temporary);
            Directory.Delete(temporary, recursive: true);
        }
    }
}
