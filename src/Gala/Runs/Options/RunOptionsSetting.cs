namespace Gala.Runs;

/// <summary>A value that a YAML file gives an option.</summary>
/// <param name="Entry">The option.</param>
/// <param name="Text">The value as written, without quotes; null for YAML's null.</param>
/// <param name="Place">File and line, for messages.</param>
internal sealed record RunOptionsSetting(OptionEntry Entry, string? Text, string Place);
