using System.Globalization;

namespace Gala.Figures;

/// <summary>From values to places along a side of a panel, with round values to mark.</summary>
internal sealed class Axis
{
    private const int WantedTicks = 5;

    private readonly double _low;
    private readonly double _high;
    private readonly bool _logarithmic;

    /// <summary>An axis that all values fit on.</summary>
    /// <param name="values">Those that are finite count; a linear axis that is no wider than its distance from zero starts there.</param>
    /// <param name="logarithmic">Whether to count in powers; values that are not positive are left out.</param>
    public Axis(IEnumerable<double> values, bool logarithmic)
    {
        double[] known = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0)).DefaultIfEmpty(1)];
        (double low, double high) = (known.Min(), known.Max());
        _logarithmic = logarithmic;
        if (logarithmic)
        {
            (_low, _high) = (Math.Log10(low), Math.Log10(high));
            Ticks = [.. Powers()];
        }
        else
        {
            low = low > 0 ? 0 : low;
            double step = RoundStep((high - low) / WantedTicks);
            (_low, _high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
            Ticks = [.. Enumerable.Range(0, (int)Math.Round((_high - _low) / step) + 1).Select(i => _low + (i * step))];
        }

        if (_high <= _low)
        {
            (_low, _high) = (_low - 0.5, _low + 0.5);
        }
    }

    /// <summary>Round values.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>0 at the start of the axis, 1 at its end.</summary>
    public double Place(double value) => ((_logarithmic ? Math.Log10(value) : value) - _low) / (_high - _low);

    /// <summary>A short text for a value: 250k, 1.5m, 0.02.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "m",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        >= 1e-3 => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.#e0", CultureInfo.InvariantCulture),
    };

    /// <summary>1, 2 or 5 times a power of ten, at least as large.</summary>
    private static double RoundStep(double step)
    {
        if (step <= 0)
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double factor = step / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    /// <summary>Powers of ten, or of two where the axis is short.</summary>
    private IEnumerable<double> Powers()
    {
        double power = _high - _low >= 2 ? 10 : 2;
        double first = Math.Ceiling((_low / Math.Log10(power)) - 1e-9), last = Math.Floor((_high / Math.Log10(power)) + 1e-9);
        for (double exponent = first; exponent <= last; exponent++)
        {
            yield return Math.Pow(power, exponent);
        }
    }
}
