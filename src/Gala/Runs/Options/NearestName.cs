namespace Gala.Runs;

/// <summary>Finds what someone who mistyped a name may have meant.</summary>
public static class NearestName
{
    private const int LongestWord = 64; // a hostile file must not buy quadratic time

    /// <summary>", did you mean x?" for the nearest known name, or nothing if none is near.</summary>
    /// <param name="word">As typed.</param>
    /// <param name="known">The names that it may have been meant for.</param>
    public static string Suggestion(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
        {
            return "";
        }

        (string? name, int distance) = known
            .Select(candidate => (candidate, Distance(word, candidate)))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault();
        return name is not null && distance <= Math.Max(1, (name.Length + 1) / 3) ? $", did you mean {name}?" : "";
    }

    /// <summary>Levenshtein's distance, ignoring case.</summary>
    private static int Distance(string first, string second)
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
}
