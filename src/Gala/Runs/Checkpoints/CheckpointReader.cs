using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Gala.Runs.Checkpoints;

/// <summary>Reads one checkpoint after checking that every byte of it is what was written.</summary>
internal static class CheckpointReader
{
    /// <summary>Reads the checkpoint in a folder.</summary>
    /// <param name="directory">Named by the checkpoint's frames.</param>
    /// <param name="checkpoint">What was saved.</param>
    /// <param name="problem">Otherwise what is wrong, to be said after the checkpoint's name.</param>
    public static bool TryRead(string directory, [NotNullWhen(true)] out Checkpoint? checkpoint, out string problem)
    {
        (checkpoint, problem) = (null, "");
        try
        {
            checkpoint = Read(directory);
            return true;
        }
        catch (EndOfStreamException exception)
        {
            problem = $"is truncated: {OneLine.Message(exception)}";
        }
        catch (InvalidDataException exception)
        {
            problem = $"is damaged: {OneLine.Message(exception)}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {OneLine.Message(exception)}";
        }

        return false;
    }

    private static Checkpoint Read(string directory)
    {
        string manifestPath = Path.Combine(directory, CheckpointManifest.FileName);
        CheckpointManifest manifest = File.Exists(manifestPath)
            ? CheckpointManifest.Parse(File.ReadAllBytes(manifestPath))
            : throw new InvalidDataException($"{CheckpointManifest.FileName} is missing");
        string name = Path.GetFileName(directory);
        if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long frames) || frames != manifest.Frames)
        {
            throw new InvalidDataException($"{CheckpointManifest.FileName} is of {manifest.Frames} frames");
        }

        return new Checkpoint
        {
            Frames = manifest.Frames,
            Updates = manifest.Updates,
            WallSeconds = manifest.WallSeconds,
            Episodes = manifest.Episodes,
            EarlierEpisodes = manifest.EarlierEpisodes,
            BestMeanReturn100 = manifest.BestMeanReturn100,
            Options = OptionsOfCheckpoint.Read(directory),
            Agents = ReadAgents(directory, manifest.Files),
        };
    }

    private static List<AgentCheckpoint> ReadAgents(string directory, IReadOnlyList<CheckpointFile> files)
    {
        List<AgentCheckpoint> agents = [];
        foreach (CheckpointFile[] pair in files.Chunk(2))
        {
            int rank = agents.Count;
            if (pair.Length != 2 || pair[0].Name != AgentFiles.WeightsName(rank) || pair[1].Name != AgentFiles.StateFileName(rank))
            {
                throw new InvalidDataException($"{CheckpointManifest.FileName} does not list the files of agent {rank}");
            }

            Check(directory, pair[0]);
            Check(directory, pair[1]);
            agents.Add(AgentFiles.Read(directory, rank));
        }

        return agents.Count > 0 ? agents : throw new InvalidDataException($"{CheckpointManifest.FileName} lists no agents");
    }

    private static void Check(string directory, CheckpointFile expected)
    {
        FileInfo file = new(Path.Combine(directory, expected.Name));
        if (!file.Exists)
        {
            throw new InvalidDataException($"{expected.Name} is missing");
        }

        if (file.Length < expected.Length)
        {
            throw new EndOfStreamException($"{expected.Name} has {Text(file.Length)} of {Text(expected.Length)} bytes");
        }

        if (file.Length > expected.Length)
        {
            throw new InvalidDataException($"{expected.Name} has {Text(file.Length)} bytes instead of {Text(expected.Length)}");
        }

        using FileStream stream = file.OpenRead();
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected.Sha256)
        {
            throw new InvalidDataException($"{expected.Name} does not match its digest");
        }
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
