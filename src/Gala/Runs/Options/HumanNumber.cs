using System.Globalization;

namespace Gala.Runs;

/// <summary>Numbers as people write them: <c>3m</c>, <c>500k</c>, <c>1.5m</c>, <c>2b</c>, <c>1_000_000</c>, <c>7e-4</c>.</summary>
public static class HumanNumber
{
    private const int LongestText = 28; // more digits than a decimal holds would be rounded in silence
    private const decimal LargestMantissa = 7e19m; // beyond any ulong, and so that the largest suffix cannot overflow a decimal

    private static readonly (char Suffix, long Factor)[] Suffixes = [('k', 1_000), ('m', 1_000_000), ('b', 1_000_000_000)];

    /// <summary>Reads a whole number exactly. <c>1.5k</c> is whole, <c>1.5</c> is not.</summary>
    /// <param name="text">Digits with an optional sign, <c>_</c> between digits, a decimal point, an exponent ≥ 0 and a suffix k, m or b.</param>
    /// <param name="value">The number, 0 if the text is none.</param>
    /// <returns>Whether the text is a whole number.</returns>
    public static bool TryParseWhole(string? text, out decimal value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        if (!TrySplit(text, out string digits, out long factor) || digits.Contains("e-", StringComparison.OrdinalIgnoreCase)
            || !decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out decimal mantissa)
            || Math.Abs(mantissa) > LargestMantissa)
        {
            return false;
        }

        decimal product = mantissa * factor;
        bool whole = decimal.Truncate(product) == product;
        value = whole ? decimal.Truncate(product) : 0;
        return whole;
    }

    /// <summary>Reads a finite number; without a suffix it is the double nearest to the text.</summary>
    /// <param name="text">As for <see cref="TryParseWhole"/>, with any exponent.</param>
    /// <param name="value">The number, 0 if the text is none.</param>
    /// <returns>Whether the text is a finite number.</returns>
    public static bool TryParseReal(string? text, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        if (!TrySplit(text, out string digits, out long factor)
            || !digits.Any(char.IsAsciiDigit) // "NaN" and "Infinity" are numbers to double.TryParse
            || !double.TryParse(digits, Style, CultureInfo.InvariantCulture, out double mantissa)
            || !double.IsFinite(mantissa * factor))
        {
            return false;
        }

        value = mantissa * factor;
        return true;
    }

    /// <summary>The shortest exact text: <c>3m</c> for 3,000,000, <c>1234</c> for 1,234.</summary>
    public static string Format(long value)
    {
        foreach ((char suffix, long factor) in Suffixes.Reverse())
        {
            if (value != 0 && value % factor == 0)
            {
                return (value / factor).ToString(CultureInfo.InvariantCulture) + suffix;
            }
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static bool TrySplit(string? text, out string digits, out long factor)
    {
        (digits, factor) = (text?.Trim() ?? "", 1);
        if (digits.Length is 0 or > LongestText || digits.StartsWith('_') || digits.EndsWith('_'))
        {
            return false;
        }

        foreach ((char suffix, long times) in Suffixes)
        {
            if (char.ToLowerInvariant(digits[^1]) == suffix)
            {
                (digits, factor) = (digits[..^1], times);
                break;
            }
        }

        digits = digits.Replace("_", "", StringComparison.Ordinal);
        return digits.Length > 0;
    }
}
