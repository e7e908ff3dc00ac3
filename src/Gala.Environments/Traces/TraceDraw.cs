namespace Gala.Environments;

/// <summary>A recorded random draw, as it stands in the file.</summary>
/// <param name="K">Kind: <c>rand</c> or <c>randint</c>.</param>
/// <param name="V">The value drawn.</param>
/// <param name="Lo">Lower bound of a <c>randint</c>, inclusive.</param>
/// <param name="N">Upper bound of a <c>randint</c>, exclusive.</param>
internal sealed record TraceDraw(string K, double V, int? Lo = null, int? N = null)
{
    public const string Uniform = "rand";
    public const string Integer = "randint";

    public bool IsSound => K switch
    {
        Uniform => V is >= 0 and < 1,
        Integer => Lo is { } low && N is { } high && V >= low && V < high && V == Math.Floor(V),
        _ => false,
    };
}
