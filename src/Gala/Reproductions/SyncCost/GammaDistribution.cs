namespace Gala.Reproductions;

/// <summary>The gamma distribution of scale 1: what n exponential waits take together.</summary>
/// <remarks>Source: Abramowitz and Stegun 1964, 6.5.29 (series), 6.5.31 (continued fraction), 6.1.40 (Stirling).</remarks>
internal static class GammaDistribution
{
    private const double Accuracy = 1e-15;

    /// <summary>x with P(shape, x) = <paramref name="probability"/>.</summary>
    /// <param name="shape">Greater than 0.</param>
    /// <param name="probability">In [0, 1).</param>
    public static double Quantile(double shape, double probability)
    {
        (double low, double high) = (0, shape + 1);
        while (Cumulative(shape, high) < probability)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > 1e-13 * high)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                break; // neighbouring doubles
            }

            (low, high) = Cumulative(shape, middle) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>P(shape, x), the probability of at most x.</summary>
    public static double Cumulative(double shape, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        double density = Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape)); // x^a e^(−x) / Γ(a)
        return x < shape + 1 ? density * Series(shape, x) : 1 - (density * Fraction(shape, x));
    }

    /// <summary>Σ xⁱ / (a (a + 1) … (a + i)).</summary>
    private static double Series(double shape, double x)
    {
        double term = 1 / shape;
        double sum = term;
        for (double next = shape + 1; term > Accuracy * sum; next++)
        {
            term *= x / next;
            sum += term;
        }

        return sum;
    }

    /// <summary>1 / (x + 1 − a − 1 (1 − a) / (x + 3 − a − 2 (2 − a) / …)), from the front by Lentz's method.</summary>
    private static double Fraction(double shape, double x)
    {
        double denominator = x + 1 - shape;
        double c = double.MaxValue;
        double d = 1 / denominator;
        double value = d;
        for (int i = 1; ; i++)
        {
            double numerator = -i * (i - shape);
            denominator += 2;
            d = 1 / ((numerator * d) + denominator);
            c = denominator + (numerator / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Accuracy)
            {
                return value;
            }
        }
    }

    private static double LogGamma(double x)
    {
        double product = 1;
        for (; x < 15; x++)
        {
            product *= x; // Γ(x) = Γ(x + 1) / x
        }

        double inverse = 1 / (x * x);
        double correction = ((1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse / 1680)))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + correction - Math.Log(product);
    }
}
