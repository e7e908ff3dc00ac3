using System.Security.Cryptography;

namespace Gala.Runs.Checkpoints;

/// <summary>Writes the files of one checkpoint to disk, all the way.</summary>
internal static class CheckpointWriter
{
    /// <summary>Makes the folder with everything in it; when this returns, all of it is on disk.</summary>
    public static void Write(string directory, Checkpoint checkpoint)
    {
        Directory.CreateDirectory(directory);
        List<CheckpointFile> files = [];
        for (int rank = 0; rank < checkpoint.Agents.Count; rank++)
        {
            AgentCheckpoint agent = checkpoint.Agents[rank];
            files.Add(WriteFile(directory, AgentFiles.WeightsName(rank), stream => AgentFiles.WriteWeights(stream, agent)));
            files.Add(WriteFile(directory, AgentFiles.StateFileName(rank), stream => AgentFiles.WriteState(stream, agent)));
        }

        if (checkpoint.Options is { } options)
        {
            _ = WriteFile(directory, OptionsOfCheckpoint.FileName, stream => stream.Write(OptionsOfCheckpoint.ToBytes(options)));
        }

        byte[] manifest = CheckpointManifest.Of(checkpoint, files).ToBytes();
        _ = WriteFile(directory, CheckpointManifest.FileName, stream => stream.Write(manifest));
        DurableFile.FlushDirectory(directory);
    }

    private static CheckpointFile WriteFile(string directory, string name, Action<Stream> write)
    {
        using FileStream file = new(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write);
        using SHA256 hash = SHA256.Create();
        using (CryptoStream hashing = new(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashing);
        }

        file.Flush(flushToDisk: true);
        return new CheckpointFile(name, file.Length, Convert.ToHexStringLower(hash.Hash!));
    }
}
