using System.Globalization;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>What a sweep trains: every variant on every environment with every seed. Made by <see cref="SweepPlanBuilder"/>.</summary>
public sealed record SweepPlan
{
    /// <summary>Environments with their options; each run plays one.</summary>
    public required IReadOnlyList<string> Environments { get; init; }

    /// <summary>Seeds.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Options of all variants as on the command line of <c>gala train</c>.</summary>
    public string Words { get; init; } = "";

    /// <summary>Variants; the first is the baseline that the others are compared with.</summary>
    public required IReadOnlyList<SweepVariant> Variants { get; init; }

    /// <summary>Every combination; seeds change last, so that a sweep that is stopped has compared something.</summary>
    internal IReadOnlyList<SweepRun> Runs() =>
        [.. from seed in Seeds from environment in Environments from variant in Variants select new SweepRun(variant, environment, seed)];

    /// <summary>The name of an environment's folders.</summary>
    internal static string FolderOf(string environment) =>
        string.Concat(environment.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '=' ? character : '-'));
}

/// <summary>One run of a sweep.</summary>
/// <param name="Variant">Its setting.</param>
/// <param name="Environment">What it plays.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record SweepRun(SweepVariant Variant, string Environment, ulong Seed)
{
    /// <summary>The run's options.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    public RunOptions In(string folder) => Variant.Options with
    {
        Environment = Environment,
        Seed = Seed,
        Run = Path.Combine(folder, "runs", Variant.Name, SweepPlan.FolderOf(Environment), Seed.ToString(CultureInfo.InvariantCulture)),
    };
}
