namespace Gala.Reproductions;

/// <summary>How far the agents of one setting were apart while they trained.</summary>
/// <param name="Case">The setting.</param>
/// <param name="Points">In order of frames.</param>
/// <param name="LargestUpdate">U: the largest norm of one agent's update.</param>
/// <param name="Radius">Proposition 2: ε = Σⱼ ‖ΠRⱼ‖ · √n · U.</param>
internal sealed record BallTrace(BallCase Case, IReadOnlyList<BallPoint> Points, double LargestUpdate, double Radius)
{
    /// <summary>The largest distance.</summary>
    public double Largest => Points.Max(point => point.Distance);

    /// <summary>The mean distance over the last half, when the optimiser's statistics have settled.</summary>
    public double Settled => Points.Skip(Points.Count / 2).Average(point => point.Distance);

    /// <summary>Whether both bounds held at every point.</summary>
    public bool Holds => Points.All(point => point.Distance <= Math.Min(point.Tracking, Radius) + point.Rounding);

    /// <summary>The largest distance over the ball's radius; 0 where agents agree but for rounding.</summary>
    public double OfRadius => Points.Max(point => Share(point, Radius));

    /// <summary>The largest distance over proposition 1's bound of the same moment; 0 where agents agree but for rounding.</summary>
    public double OfTracking => Points.Max(point => Share(point, point.Tracking));

    private static double Share(BallPoint point, double bound) => point.Distance <= point.Rounding ? 0 : point.Distance / bound;
}
