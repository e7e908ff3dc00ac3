namespace Gala.Gossip;

/// <summary>Whether every agent reaches every other along directed edges.</summary>
internal static class Connectivity
{
    /// <summary>Two agents of which the first does not reach the second; null if there are none such.</summary>
    /// <remarks>It is enough that agent 0 reaches all and all reach agent 0.</remarks>
    public static (int From, int To)? FindUnreached(int agents, IEnumerable<(int From, int To)> edges)
    {
        (int From, int To)[] all = [.. edges];
        int unreached = Array.IndexOf(ReachedFromZero(agents, all), false);
        if (unreached > 0)
        {
            return (0, unreached);
        }

        int unreaching = Array.IndexOf(ReachedFromZero(agents, Array.ConvertAll(all, edge => (edge.To, edge.From))), false);
        return unreaching > 0 ? (unreaching, 0) : null;
    }

    private static bool[] ReachedFromZero(int agents, (int From, int To)[] edges)
    {
        ILookup<int, int> targets = edges.ToLookup(edge => edge.From, edge => edge.To);
        bool[] reached = new bool[agents];
        Stack<int> open = new([0]);
        while (open.TryPop(out int agent))
        {
            if (!reached[agent])
            {
                reached[agent] = true;
                foreach (int target in targets[agent])
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }
}
