using Gala.Networks;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>The presets on observations of the kind that each is made for.</summary>
internal static class PresetInput
{
    private const int Actions = 6;

    private static readonly TensorShape Board = new(10, 10, 4);
    private static readonly TensorShape Screen = new(84, 84, 4);

    /// <summary>A preset's network.</summary>
    public static NetworkSpec Create(string preset) => NetworkPresets.Create(preset, InputOf(preset), Actions);

    /// <summary>Whether a network sees boards of games, which are mostly empty.</summary>
    public static bool IsBoard(NetworkSpec spec) => spec.Input == Board;

    // A preset is named after the one that would be chosen for its observations, or after something made for screens.
    private static TensorShape InputOf(string preset)
    {
        foreach (TensorShape input in (ReadOnlySpan<TensorShape>)[TensorShape.Vector(4), Board])
        {
            if (preset.StartsWith(NetworkPresets.For(input), StringComparison.Ordinal))
            {
                return input;
            }
        }

        return Screen;
    }
}
