using Gala.Numerics;

namespace Gala.Environments;

/// <summary>How long the steps of a simulator take: a distribution, drawn from by address, so that step s of a simulator takes the same
/// time whoever plays it and when.</summary>
public sealed class StepTimes
{
    private const ulong DelayStream = 0xDE1A_0000_0000_0000; // sets these draws apart from others with the same key
    private readonly Func<ulong, ulong, double> _draw; // seconds, of (seed, step)

    private StepTimes(Func<ulong, ulong, double> draw) => _draw = draw;

    /// <summary>Exponential: density e^(−x/μ) / μ.</summary>
    /// <param name="mean">μ, 0 or more.</param>
    public static StepTimes Exponential(TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.Zero);
        return new StepTimes((seed, step) => -mean.TotalSeconds * Math.Log(1 - Uniforms(seed, step, attempt: 0).First));
    }

    /// <summary>Gamma: a large shape makes nearly even steps, a small one many short steps and a few very long ones.</summary>
    /// <param name="shape">k, greater than 0; 1 is exponential. The standard deviation is μ / √k.</param>
    /// <param name="mean">μ, 0 or more.</param>
    public static StepTimes Gamma(double shape, TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.Zero);
        return new StepTimes((seed, step) => mean.TotalSeconds / shape * DrawGamma(shape, seed, step));
    }

    /// <summary>Times that were measured: each step takes one of them, all equally likely.</summary>
    /// <param name="seconds">One or more, none negative.</param>
    /// <exception cref="ArgumentException">There is none, or one is no duration.</exception>
    public static StepTimes Recorded(IReadOnlyList<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        if (seconds.Count == 0 || seconds.Any(time => !(time >= 0 && time <= TimeSpan.MaxValue.TotalSeconds)))
        {
            throw new ArgumentException("Recorded step times must be one or more numbers of seconds, none negative.", nameof(seconds));
        }

        double[] times = [.. seconds];
        return new StepTimes((seed, step) => times[(int)(Uniforms(seed, step, attempt: 0).First * times.Length)]);
    }

    /// <summary>Time of one step.</summary>
    /// <param name="seed">Of the simulator.</param>
    /// <param name="step">Steps that it made before.</param>
    public TimeSpan Draw(ulong seed, ulong step) => TimeSpan.FromSeconds(_draw(seed, step));

    /// <summary>A gamma variate of scale 1 by squeezed normals: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.</summary>
    private static double DrawGamma(double shape, ulong seed, ulong step)
    {
        double d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        for (ulong attempt = 0; ; attempt++)
        {
            (double first, double second) = Uniforms(seed, step, 2 * attempt);
            double normal = Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second); // Box and Muller 1958
            (double chance, double boost) = Uniforms(seed, step, (2 * attempt) + 1);
            double cube = Math.Pow(1 + (c * normal), 3);
            if (cube > 0 && Math.Log(1 - chance) < (normal * normal / 2) + (d * (1 - cube + Math.Log(cube))))
            {
                return d * cube * (shape < 1 ? Math.Pow(1 - boost, 1 / shape) : 1);
            }
        }
    }

    private static (double First, double Second) Uniforms(ulong seed, ulong step, ulong attempt)
    {
        (uint a, uint b, uint c, uint d) = Philox.Words(seed, step, DelayStream | attempt);
        return (Philox.ToUnitDouble(a, b), Philox.ToUnitDouble(c, d));
    }
}
