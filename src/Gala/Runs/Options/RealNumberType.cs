using System.Globalization;

namespace Gala.Runs;

/// <summary>Finite numbers between two limits, each of which may itself be allowed or not.</summary>
internal sealed record RealNumberType(double Lowest, double Highest, bool LowestAllowed = true, bool HighestAllowed = true) : OptionType
{
    public override string Expected =>
        $"a number {(LowestAllowed ? "from" : "above")} {Text(Lowest)} {(HighestAllowed ? "to" : "to below")} {Text(Highest)}";

    public override object? Parse(string text) => HumanNumber.TryParseReal(text, out double number) ? number : null;

    /// <summary>Learning computes in single precision: what is above 0 must still be so there. NaN fails every comparison.</summary>
    public override bool Allows(object value) => value is double number
        && (LowestAllowed ? number >= Lowest : (float)number > (float)Lowest)
        && (HighestAllowed ? number <= Highest : (float)number < (float)Highest);

    public override string Format(object value) => ((double)value).ToString("R", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);
}
