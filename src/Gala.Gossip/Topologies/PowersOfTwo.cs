namespace Gala.Gossip;

/// <summary>The hops of exponential graphs.</summary>
internal static class PowersOfTwo
{
    /// <summary>1, 2, 4, … below a limit.</summary>
    public static int[] Below(int limit) => [.. Enumerable.Range(0, 31).Select(exponent => 1 << exponent).TakeWhile(power => power < limit)];
}
