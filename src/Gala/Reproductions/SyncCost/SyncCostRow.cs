namespace Gala.Reproductions;

/// <summary>One setting: measured times of one step of all simulators, and what the model says. Times are in units of a step's mean, so
/// that 1 is no waiting for each other at all.</summary>
/// <param name="Shape">k of the gamma distribution of one step; 1 is exponential.</param>
/// <param name="Simulators">n.</param>
/// <param name="Interval">α of HTS-RL; A2C meets at every step.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Synchronous">A2C, measured.</param>
/// <param name="Hts">HTS-RL, measured.</param>
internal sealed record SyncCostRow(double Shape, int Simulators, int Interval, ulong Seed, double Synchronous, double Hts)
{
    /// <summary>A2C, by the model.</summary>
    public double SynchronousModel => SyncCostModel.Slowdown(Simulators, 1, Shape);

    /// <summary>HTS-RL, by the model.</summary>
    public double HtsModel => SyncCostModel.Slowdown(Simulators, Interval, Shape);

    /// <summary>How many times as fast as A2C HTS-RL was.</summary>
    public double SpeedUp => Synchronous / Hts;

    /// <summary>How many times as fast the model says that it is.</summary>
    public double SpeedUpModel => SynchronousModel / HtsModel;
}
