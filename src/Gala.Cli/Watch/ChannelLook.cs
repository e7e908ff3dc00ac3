using Gala.Environments;
using Spectre.Console;

namespace Gala.Cli.Watch;

/// <summary>How the channels of an observation look: a colour and, where there are no colours, a letter.</summary>
internal sealed class ChannelLook
{
    private const float Dimmed = 0.38f;

    // Told apart on dark ground also by people who see fewer colours (after Okabe and Ito 2008), then more for large sets.
    private static readonly Color[] Palette =
    [
        new(0x56, 0xB4, 0xE9), new(0xF0, 0xE4, 0x42), new(0xE6, 0x9F, 0x00), new(0xD5, 0x5E, 0x00), new(0x2F, 0xC4, 0x96),
        new(0xCC, 0x79, 0xA7), new(0x9A, 0x86, 0xF0), new(0xF2, 0xF2, 0xF2), new(0xA6, 0xC8, 0x4A), new(0xFF, 0x8F, 0x8F),
    ];

    private static readonly string[] DimWords = ["trail", "speed"]; // where something was or goes, not where it is

    private readonly Color[] _colors;
    private readonly char[] _letters;

    public ChannelLook(EnvironmentSpec spec)
    {
        int channels = spec.Observation.Channels;
        string[] names = [.. Enumerable.Range(0, channels).Select(channel => channel < spec.ChannelNames.Count ? spec.ChannelNames[channel] : "")];
        _colors = [.. names.Select((name, channel) => ColorOf(name, channel))];
        _letters = Letters(names);
    }

    /// <summary>Of a channel at full strength.</summary>
    public Color Color(int channel) => _colors[channel];

    /// <summary>Of a channel at a value in (0, 1].</summary>
    public Color Color(int channel, float value) => Scale(_colors[channel], 0.25f + (0.75f * value));

    /// <summary>A letter of its name that no channel before it has, where there is one.</summary>
    public char Letter(int channel) => _letters[channel];

    private static Color ColorOf(string name, int channel)
    {
        Color color = Palette[channel % Palette.Length];
        return DimWords.Any(word => name.Contains(word, StringComparison.Ordinal)) ? Scale(color, Dimmed) : color;
    }

    private static Color Scale(Color color, float factor) =>
        new((byte)(color.R * factor), (byte)(color.G * factor), (byte)(color.B * factor));

    private static char[] Letters(string[] names)
    {
        List<char> taken = [];
        foreach (string name in names)
        {
            IEnumerable<char> candidates = name.Where(char.IsAsciiLetter).Concat("abcdefghijklmnopqrstuvwxyz0123456789");
            taken.Add(candidates.Where(letter => !taken.Contains(letter)).DefaultIfEmpty('#').First());
        }

        return [.. taken];
    }
}
