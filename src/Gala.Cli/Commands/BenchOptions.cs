using System.Text.Json;

namespace Gala.Cli.Commands;

/// <summary>Options that the measuring commands share.</summary>
internal static class BenchOptions
{
    private const double Shortest = 1e-4;
    private const double Longest = 60;

    /// <summary>Before an environment is measured.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    /// <summary>Before training is measured.</summary>
    public static readonly TimeSpan TrainingWarmUp = TimeSpan.FromSeconds(1.2);

    private static readonly JsonSerializerOptions CamelCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new FiniteNumbers() },
    };

    public static ValueOption Seconds(string description, string defaultText) => new("--seconds", "S", description) { DefaultText = defaultText };

    public static SwitchOption Json() => new("--json", "Print one JSON object instead of tables");

    /// <summary>The length asked for; the default if there is none, or a bad one, which is noted.</summary>
    public static TimeSpan Duration(this Invocation invocation, ValueOption seconds, TimeSpan otherwise) =>
        invocation.Real(seconds, Shortest, Longest) is { } length ? TimeSpan.FromSeconds(length) : otherwise;

    /// <summary>Prints what was measured. The names in JSON are a contract, as those of <c>summary.json</c>.</summary>
    public static void Show<TMeasured>(this Invocation invocation, SwitchOption json, TMeasured measured, Action<GalaConsole, TMeasured> write)
    {
        if (invocation.Has(json))
        {
            invocation.Console.Out.WriteLine(JsonSerializer.Serialize(measured, CamelCase));
        }
        else
        {
            write(invocation.Console, measured);
        }
    }

    /// <summary>Tells a person at a terminal what is being measured.</summary>
    public static void Tell(this Invocation invocation, string what)
    {
        if (invocation.Console.IsTerminal)
        {
            invocation.Console.Error.WriteLine($"measuring {what} ...");
        }
    }
}
