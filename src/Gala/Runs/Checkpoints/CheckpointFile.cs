namespace Gala.Runs.Checkpoints;

/// <summary>What a manifest says of one file.</summary>
/// <param name="Name">Inside the checkpoint's folder.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of the content, in lower-case hexadecimal.</param>
internal sealed record CheckpointFile(string Name, long Length, string Sha256);
