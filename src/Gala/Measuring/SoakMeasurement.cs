namespace Gala.Measuring;

/// <summary>How a long run held up, once it was warm.</summary>
/// <param name="Machine">What was measured on.</param>
/// <param name="Environment">What was trained in.</param>
/// <param name="Agents">Number of agents.</param>
/// <param name="Seconds">Training time, warm-up included.</param>
/// <param name="Frames">Frames of all simulators.</param>
/// <param name="ResidentMebibytes">Resident memory of the process at the end.</param>
/// <param name="ResidentMebibytesPerHour">Its slope by least squares, after the warm-up.</param>
/// <param name="FirstFramesPerSecond">In the first tenth after the warm-up.</param>
/// <param name="LastFramesPerSecond">In the last tenth.</param>
/// <param name="Gen0Collections">After the warm-up.</param>
/// <param name="Gen1Collections">Likewise.</param>
/// <param name="Gen2Collections">Likewise.</param>
public sealed record SoakMeasurement(
    MachineDescription Machine,
    string Environment,
    int Agents,
    double Seconds,
    long Frames,
    double ResidentMebibytes,
    double ResidentMebibytesPerHour,
    double FirstFramesPerSecond,
    double LastFramesPerSecond,
    int Gen0Collections,
    int Gen1Collections,
    int Gen2Collections)
{
    /// <summary>Frames a second of the last tenth over those of the first: 1 for a run that does not tire. Null for one too short to have any in its first.</summary>
    public double? LastOverFirst => FirstFramesPerSecond > 0 ? LastFramesPerSecond / FirstFramesPerSecond : null;
}
