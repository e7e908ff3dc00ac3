using Gala.Networks;

namespace Gala.Measuring;

/// <summary>What <see cref="ComputeBenchmark"/> measures, and for how long.</summary>
public sealed record ComputeOptions
{
    /// <summary>Length of each measurement.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>How long works run before they are measured, several together.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>Names of <see cref="NetworkPresets"/>.</summary>
    public IReadOnlyList<string> Presets { get; init; } = NetworkPresets.Names;

    /// <summary>Whether kernels are measured by themselves.</summary>
    public bool Kernels { get; init; } = true;

    /// <summary>Whether layers are measured.</summary>
    public bool Layers { get; init; } = true;

    /// <summary>Whether whole networks are measured.</summary>
    public bool Networks { get; init; } = true;

    /// <summary>Frames that a network learns for before its <c>played</c> observations are taken.</summary>
    public long PlayedFrames { get; init; } = 200_000;
}
