using System.Globalization;

namespace Gala.Measuring;

/// <summary>The energy that the processors have used, where Linux exposes their counters (RAPL).</summary>
internal static class EnergyMeter
{
    private const string Zones = "/sys/class/powercap";

    /// <summary>Joules of all packages since some moment; null where the machine does not say.</summary>
    public static double? ReadJoules()
    {
        try
        {
            if (!Directory.Exists(Zones))
            {
                return null;
            }

            // intel-rapl:0, intel-rapl:1, …: packages; their parts have a second number.
            double[] packages = [.. Directory.GetDirectories(Zones).Where(zone => Path.GetFileName(zone).Count(letter => letter == ':') == 1)
                .Select(zone => double.Parse(File.ReadAllText(Path.Combine(zone, "energy_uj")), CultureInfo.InvariantCulture) / 1e6)];
            return packages.Length > 0 ? packages.Sum() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null; // only the administrator may read them on many machines
        }
    }
}
