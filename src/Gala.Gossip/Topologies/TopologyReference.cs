using System.Globalization;

namespace Gala.Gossip;

/// <summary>A topology's name with settings, such as <c>random-regular:degree=3:seed=1</c>.</summary>
internal sealed class TopologyReference
{
    private readonly string _text;
    private readonly Dictionary<string, ulong> _settings = new(StringComparer.Ordinal); // those not taken yet

    private TopologyReference(string text, string id) => (_text, Id) = (text, id);

    /// <summary>The name without settings.</summary>
    public string Id { get; }

    /// <exception cref="ArgumentException">A setting is not a name, an equals sign and a whole number, or is given twice.</exception>
    public static TopologyReference Parse(string text)
    {
        string[] parts = text.Split(':');
        TopologyReference reference = new(text, parts[0]);
        foreach (string part in parts[1..])
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2 || !ulong.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                throw new ArgumentException($"Topology '{text}': expected settings such as degree=3, not '{part}'.");
            }

            if (!reference._settings.TryAdd(sides[0], value))
            {
                throw new ArgumentException($"Topology '{text}': {sides[0]} is given twice; keep one.");
            }
        }

        return reference;
    }

    /// <summary>The value of a setting; null if it was not given.</summary>
    public ulong? Take(string setting) => _settings.Remove(setting, out ulong value) ? value : null;

    /// <exception cref="ArgumentException">A setting was given that nobody took.</exception>
    public void ThrowIfMoreSettings()
    {
        if (_settings.Count > 0)
        {
            throw new ArgumentException($"Topology '{_text}': {Id} has no setting '{_settings.Keys.First()}'; leave it out.");
        }
    }
}
