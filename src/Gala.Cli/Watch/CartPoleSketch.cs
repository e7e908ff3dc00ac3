namespace Gala.Cli.Watch;

/// <summary>Cart and pole in characters, from the observation alone.</summary>
internal static class CartPoleSketch
{
    public const string Id = "classic/cartpole";
    private const int Columns = 41;
    private const int PoleRows = 6;
    private const double Reach = 2.4; // metres from the middle to where an episode ends
    private const double Exaggeration = 3; // the pole falls at 12 degrees, which characters would hardly show

    /// <summary>Lines from the pole's top to the track.</summary>
    /// <param name="position">Of the cart in metres.</param>
    /// <param name="angle">Of the pole in radians, to the right positive.</param>
    public static IReadOnlyList<string> Draw(float position, float angle)
    {
        char[][] lines = [.. Enumerable.Range(0, PoleRows + 2).Select(_ => new string(' ', Columns).ToCharArray())];
        int cart = (int)Math.Round((Math.Clamp(position / Reach, -1, 1) + 1) / 2 * (Columns - 1));
        double slope = Math.Tan(Math.Clamp(angle * Exaggeration, -1.2, 1.2));
        for (int height = 1; height <= PoleRows; height++)
        {
            int column = cart + (int)Math.Round(slope * height);
            if (column is >= 0 and < Columns)
            {
                lines[PoleRows - height][column] = slope > 0.3 ? '/' : slope < -0.3 ? '\\' : '|';
            }
        }

        for (int column = Math.Max(0, cart - 2); column <= Math.Min(Columns - 1, cart + 2); column++)
        {
            lines[PoleRows][column] = '#';
        }

        lines[PoleRows + 1] = new string('-', Columns).ToCharArray();
        return [.. lines.Select(line => new string(line))];
    }
}
