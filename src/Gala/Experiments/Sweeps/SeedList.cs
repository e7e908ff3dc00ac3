using System.Globalization;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>Seeds as people write them: <c>101-105</c>, <c>1,2,7</c>, or both.</summary>
internal static class SeedList
{
    /// <summary>Most seeds of a sweep.</summary>
    public const int Most = 10_000;

    /// <summary>Reads a list.</summary>
    /// <param name="text">Numbers and ranges with commas between them.</param>
    /// <param name="seeds">Seeds in order of the text; empty if there is a problem.</param>
    /// <returns>What is wrong, in one line; null if nothing is.</returns>
    public static string? TryParse(string text, out IReadOnlyList<ulong> seeds)
    {
        seeds = [];
        List<ulong> found = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryRead(ends[0], out ulong first) || !TryRead(ends[^1], out ulong last))
            {
                return $"expected seeds such as 101-105 or 1,2,7, not {OneLine.Quote(part)}";
            }

            if (last < first)
            {
                return $"{OneLine.Quote(part)} ends before it starts: write {last}-{first}";
            }

            if (last - first >= Most || found.Count + (int)(last - first) >= Most)
            {
                return string.Create(CultureInfo.InvariantCulture, $"expected at most {Most:N0} seeds: write a shorter list than {OneLine.Quote(text)}");
            }

            for (ulong offset = 0; offset <= last - first; offset++)
            {
                found.Add(first + offset);
            }
        }

        if (found.GroupBy(seed => seed).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            return $"seed {twice.Key} is given twice: write it once";
        }

        seeds = found;
        return null;
    }

    private static bool TryRead(string text, out ulong seed) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
