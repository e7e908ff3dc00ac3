namespace Gala.Measuring;

/// <summary>A long run at a moment.</summary>
/// <param name="Seconds">Since training started.</param>
/// <param name="Frames">Of all simulators.</param>
/// <param name="ResidentBytes">Of the process.</param>
/// <param name="Gen0Collections">Since the process started.</param>
/// <param name="Gen1Collections">Likewise.</param>
/// <param name="Gen2Collections">Likewise.</param>
internal readonly record struct SoakSample(
    double Seconds, long Frames, long ResidentBytes, int Gen0Collections, int Gen1Collections, int Gen2Collections)
{
    /// <summary>The process as it stands.</summary>
    public static SoakSample Now(double seconds, long frames) =>
        new(seconds, frames, Environment.WorkingSet, GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
}
