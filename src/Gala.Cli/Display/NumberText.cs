using System.Globalization;
using Gala.Runs;

namespace Gala.Cli.Display;

/// <summary>Numbers as people read them, in few characters.</summary>
internal static class NumberText
{
    private const string Nothing = "-";

    /// <summary>1,234,567; from ten million on 12.3m.</summary>
    public static string Count(long value) => value switch
    {
        >= 10_000_000_000 => Invariant($"{value / 1e9:F1}b"),
        >= 10_000_000 => Invariant($"{value / 1e6:F1}m"),
        _ => Whole(value),
    };

    /// <summary>1,234,567, however large.</summary>
    public static string Whole(double value) => double.IsFinite(value) ? value.ToString("N0", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>Two decimals, fewer from a hundred on; a dash for nothing.</summary>
    public static string Return(double? value) => value is { } number && double.IsFinite(number)
        ? number.ToString(Math.Abs(number) switch { < 100 => "F2", < 1_000 => "F1", _ => "N0" }, CultureInfo.InvariantCulture)
        : Nothing;

    /// <summary>Three to four significant digits.</summary>
    public static string Real(double value) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => Nothing,
        0 => "0",
        < 1e-3 or >= 1e6 => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        < 1_000 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => Whole(value),
    };

    /// <summary>The bound of the agents' distance in lock-step; a dash where it is 0 and the distance is not, which takes gossip out of step.</summary>
    public static string Bound(ConsensusReport consensus) =>
        consensus is { Bound: 0, MaxDistance: > 0 } ? Nothing : Real(consensus.Bound);

    /// <summary>A setting in its shortest form, such as 0.0014 or 7e-5.</summary>
    public static string Setting(double value) => Math.Abs(value) is < 1e-3 and > 0
        ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A share of one as percent.</summary>
    public static string Percent(double share) => Invariant($"{(double.IsFinite(share) ? share : 0) * 100:0.##}%");

    /// <summary>One decimal, none from a thousand on; nothing for nothing.</summary>
    public static string Measured(double? value) => value?.ToString(value < 1_000 ? "F1" : "N0", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A share of one as whole percent; nothing for nothing.</summary>
    public static string WholePercent(double? share) => share is { } known ? Invariant($"{known * 100:0}%") : "";

    /// <summary>m:ss, or h:mm:ss.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? Invariant($"{Math.Floor(time.TotalHours):0}:{time.Minutes:00}:{time.Seconds:00}")
        : Invariant($"{time.Minutes}:{time.Seconds:00}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
