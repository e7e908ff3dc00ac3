using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary>The options of a run as options of a command.</summary>
internal static class RunOptionSet
{
    /// <summary>Every one, in the catalog's order.</summary>
    public static IReadOnlyList<ValueOption> All() => [.. OptionCatalog.All.Select(Make)];

    /// <summary>One by name, such as <c>--topology</c>.</summary>
    public static ValueOption One(string name, string? defaultText = null) =>
        Make(OptionCatalog.FindName(name) ?? throw new ArgumentException($"There is no option {name}.", nameof(name)), defaultText, "Options");

    private static ValueOption Make(OptionEntry entry) => Make(entry, null, entry.Group);

    private static ValueOption Make(OptionEntry entry, string? defaultText, string group) =>
        new(entry.Name, entry.ValueHint, entry.Description)
        {
            DefaultText = defaultText ?? entry.DefaultText,
            Group = group,
            Bare = entry.IsSwitch ? "true" : null,
            Choices = entry.Choices,
        };
}
