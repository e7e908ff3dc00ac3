namespace Gala.Measuring;

/// <summary>What a machine makes of the arithmetic of learning.</summary>
/// <param name="Machine">It.</param>
/// <param name="Peak">One core's multiply-add peak, widest vectors first.</param>
/// <param name="Kernels">Products and element-wise kernels by themselves.</param>
/// <param name="Layers">The networks' layers, pass by pass.</param>
/// <param name="Networks">What agents ask of whole networks.</param>
public sealed record ComputeMeasurement(
    MachineDescription Machine,
    IReadOnlyList<PeakMeasurement> Peak,
    IReadOnlyList<KernelMeasurement> Kernels,
    IReadOnlyList<LayerMeasurement> Layers,
    IReadOnlyList<NetworkMeasurement> Networks);
