namespace Gala.Architectures;

/// <summary>Why a worker stopped.</summary>
/// <param name="Name">The worker.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record WorkerFailure(string Name, Exception Exception);
