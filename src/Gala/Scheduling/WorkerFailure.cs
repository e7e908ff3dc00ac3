using Gala.Architectures;

namespace Gala.Scheduling;

/// <summary>Why a worker stopped.</summary>
/// <param name="Worker">The one that failed.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record WorkerFailure(IWorker Worker, Exception Exception)
{
    public string Name => Worker.Name;
}
