using System.Globalization;
using System.Numerics;

namespace Gala.Runs;

/// <summary>Whole numbers from <paramref name="Lowest"/> to <paramref name="Highest"/>.</summary>
internal sealed record WholeNumberType<T>(T Lowest, T Highest) : OptionType
    where T : struct, IBinaryInteger<T>
{
    public override string Expected => $"a whole number from {Lowest} to {Highest.ToString("N0", CultureInfo.InvariantCulture)}";

    public override object? Parse(string text) =>
        HumanNumber.TryParseWhole(text, out decimal number)
            && number >= decimal.CreateChecked(Lowest)
            && number <= decimal.CreateChecked(Highest)
            ? T.CreateChecked(number)
            : null;

    public override bool Allows(object value) => value is T number && number >= Lowest && number <= Highest;

    public override string Format(object value) => ((T)value).ToString(null, CultureInfo.InvariantCulture);
}
