namespace Gala.Environments;

/// <summary>Finds what someone who mistyped a name may have meant.</summary>
public static class NearMiss
{
    /// <summary>" Did you mean 'x'?" for the candidate nearest to the word, or nothing if none is near.</summary>
    public static string Question(string word, IEnumerable<string> candidates)
    {
        string? nearest = candidates
            .Select(candidate => (Candidate: candidate, Distance: DistanceTo(word, candidate)))
            .Where(pair => pair.Distance <= Math.Max(1, pair.Candidate.Length / 4))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    /// <summary>Levenshtein's distance: insertions, deletions and replacements of one character, ignoring case.</summary>
    public static int Distance(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)]; // distances of the part of first seen so far to each prefix
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                bool same = char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]);
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }

    /// <summary>The family of an id may be left out: breakout is near to minatar/breakout.</summary>
    private static int DistanceTo(string word, string candidate) => word.Contains('/', StringComparison.Ordinal)
        ? Distance(word, candidate)
        : Math.Min(Distance(word, candidate), Distance(word, candidate[(candidate.LastIndexOf('/') + 1)..]));
}
