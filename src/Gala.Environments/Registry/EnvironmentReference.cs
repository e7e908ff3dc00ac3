namespace Gala.Environments;

/// <summary>An environment's id with options, such as <c>minatar/breakout:sticky=0.1:actions=full</c>.</summary>
/// <remarks>Colons separate options, so that neither a shell nor a list separated by commas needs quotes.</remarks>
public sealed class EnvironmentReference
{
    private EnvironmentReference(string id, IReadOnlyList<KeyValuePair<string, string>> options) => (Id, Options) = (id, options);

    /// <summary>The id without options.</summary>
    public string Id { get; }

    /// <summary>The options in the order given; every name stands once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; }

    /// <summary>Reads <c>id[:name=value]…</c>. Whether the id and the options exist is the registry's to say.</summary>
    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public static EnvironmentReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (parts[0].Length == 0 || !parts[0].All(IsIdCharacter))
        {
            throw new ArgumentException($"Environment '{text}': the id must be letters, digits, '/', '-', '_' and '.', "
                + "with options as in minatar/breakout:sticky=0.1.");
        }

        List<KeyValuePair<string, string>> options = [];
        foreach (string part in parts.AsSpan(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == part.Length - 1)
            {
                throw new ArgumentException($"Environment '{text}': '{part}' must be name=value.");
            }

            string name = part[..equals];
            if (options.Exists(option => option.Key == name))
            {
                throw new ArgumentException($"Environment '{text}': option '{name}' is given twice; give it once.");
            }

            options.Add(KeyValuePair.Create(name, part[(equals + 1)..]));
        }

        return new EnvironmentReference(parts[0], options.AsReadOnly());
    }

    /// <summary>Reads references separated by commas, with or without spaces after them.</summary>
    /// <exception cref="ArgumentException">One is not of the form that <see cref="Parse"/> reads, or is given twice.</exception>
    public static IReadOnlyList<EnvironmentReference> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<EnvironmentReference> references = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)];
        return references.CountBy(reference => reference.ToString()).FirstOrDefault(named => named.Value > 1).Key is { } twice
            ? throw new ArgumentException($"Environment '{twice}' is given twice; give it once.")
            : references.AsReadOnly();
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Id + string.Concat(Options.Select(option => $":{option.Key}={option.Value}"));

    internal static bool IsIdCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.';
}
