using System.Text;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>Reads options as they stand on the command line of <c>gala train</c>.</summary>
internal static class OptionWords
{
    /// <summary>Lays the words over options.</summary>
    /// <param name="words">Such as <c>--architecture a2c --agents 1 --deterministic</c>. What holds spaces stands in quotes.</param>
    /// <param name="set">Takes the name of an option and its value as typed.</param>
    /// <param name="problem">Told what is wrong, a line each.</param>
    public static void Read(string words, Action<string, string> set, Action<string> problem)
    {
        if (!TrySplit(words, out List<string> parts))
        {
            problem("a quote has no end: close it");
            return;
        }

        for (int i = 0; i < parts.Count; i++)
        {
            string word = parts[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                problem($"expected an option of gala train such as --agents, not {OneLine.Quote(word)}");
                while (i + 1 < parts.Count && !parts[i + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    i++; // what follows is no problem of its own
                }

                continue;
            }

            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word : word[..equals];
            bool isFollowed = i + 1 < parts.Count && !parts[i + 1].StartsWith("--", StringComparison.Ordinal);
            string? value = equals >= 0 ? word[(equals + 1)..] : isFollowed ? parts[++i] : null;
            if (OptionCatalog.FindName(name) is not { } entry)
            {
                problem($"{OneLine.Clean(name)} is no option of gala train{OptionCatalog.SuggestName(name)}");
            }
            else if (value is null && !entry.IsSwitch)
            {
                problem($"{name} needs a value: {name} {entry.ValueHint}");
            }
            else
            {
                set(name, value ?? "true");
            }
        }
    }

    private static bool TrySplit(string text, out List<string> words)
    {
        words = [];
        StringBuilder word = new();
        (char quote, bool isBegun) = ('\0', false);
        foreach (char character in text)
        {
            if (quote != '\0' ? character == quote : character is '"' or '\'')
            {
                (quote, isBegun) = (quote == '\0' ? character : '\0', true); // quotes alone are a word too, an empty one
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                End(words);
            }
            else
            {
                word.Append(character);
                isBegun = true;
            }
        }

        End(words);
        return quote == '\0';

        void End(List<string> all)
        {
            if (isBegun)
            {
                all.Add(word.ToString());
                word.Clear();
                isBegun = false;
            }
        }
    }
}
