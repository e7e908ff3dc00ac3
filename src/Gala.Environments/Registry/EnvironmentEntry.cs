namespace Gala.Environments;

/// <summary>A kind of environment that the registry can make.</summary>
public sealed record EnvironmentEntry
{
    /// <summary>Name to create it by, such as <c>minatar/breakout</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The options that <see cref="Create"/> reads. Every environment takes <c>limit</c> and <c>delay</c>
    /// besides, unless it lists its own.</summary>
    public IReadOnlyList<EnvironmentOption> Options { get; init; } = [];

    /// <summary>Makes a new, independent environment; all that one reference makes are of one format. Called from any thread. What it throws comes out as
    /// an <see cref="EnvironmentException"/>.</summary>
    public required Func<EnvironmentSettings, IEnvironment> Create { get; init; }
}
