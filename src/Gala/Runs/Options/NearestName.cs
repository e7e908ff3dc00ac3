using Gala.Environments;

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
            .Select(candidate => (candidate, NearMiss.Distance(word, candidate)))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault();
        return name is not null && distance <= Math.Max(1, (name.Length + 1) / 3) ? $", did you mean {name}?" : "";
    }
}
