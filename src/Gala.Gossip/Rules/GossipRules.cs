using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gala.Gossip;

/// <summary>The rules that a run can name.</summary>
public static class GossipRules
{
    /// <summary>The text of <see cref="EveryUpdate"/>.</summary>
    public const string Every = "every";

    /// <summary>How the texts of <see cref="TryCreate"/> look.</summary>
    public const string Forms = "every, every=H, qsr=H0/A or significant=DELTA";

    /// <summary>The rule of a text such as <c>every</c>, <c>every=4</c>, <c>qsr=4/0.0175</c> or <c>significant=0.3</c>; false if it is none.</summary>
    /// <param name="text">One of <see cref="Forms"/>, with H and H0 whole and above 0, A above 0, and DELTA 0 or more.</param>
    /// <param name="lastUpdate">The agent's last update of the run.</param>
    /// <param name="rule">A new rule, for one agent.</param>
    public static bool TryCreate(string text, long lastUpdate, [NotNullWhen(true)] out IGossipRule? rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] numbers = equals < 0 ? [] : text[(equals + 1)..].Split('/');
        rule = (equals < 0 ? text : text[..equals], numbers) switch
        {
            (Every, []) => new EveryUpdate(),
            (Every, [string interval]) when Whole(interval) is { } h => new EveryNth(h),
            ("qsr", [string shortest, string growth]) when Whole(shortest) is { } h && Real(growth) is > 0 and { } a =>
                new QuadraticRule(h, a, lastUpdate),
            ("significant", [string threshold]) when Real(threshold) is { } delta => new SignificantChange(delta),
            _ => null,
        };
        return rule is not null;
    }

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : null;

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;
}
