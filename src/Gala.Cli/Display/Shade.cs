namespace Gala.Cli.Display;

/// <summary>The few colours of the display, as Spectre.Console's markup names them.</summary>
internal static class Shade
{
    public const string Accent = "#5fafff";
    public const string Good = "#5fd787";
    public const string Warm = "#d7af5f";
    public const string Bad = "#ff5f5f";
    public const string Quiet = "#808080";
    public const string Faint = "#444444";
}
