using Gala.Cli.Display;
using Gala.Measuring;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala bench soak</c>.</summary>
internal sealed class BenchSoakCommand : GalaCommand
{
    private const double Shortest = 1e-3;
    private const double Longest = 1e5;
    private const double Default = 10;

    private readonly ValueOption _minutes = new("--minutes", "N", "Length of the run") { DefaultText = "10" };
    private readonly ValueOption[] _run =
    [
        RunOptionSet.One("--environment"), RunOptionSet.One("--architecture"), RunOptionSet.One("--agents"), RunOptionSet.One("--simulators"),
        RunOptionSet.One("--deterministic"), RunOptionSet.One("--checkpoint-every", "only at the end"),
    ];

    private readonly SwitchOption _json = BenchOptions.Json();

    public BenchSoakCommand()
        : base("soak", "Trains for long and measures whether memory grows or the pace falls.")
    {
        Add(_minutes);
        Array.ForEach(_run, Add);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
        ["gala bench soak --minutes 60 --json", "gala bench soak --minutes 10 --architecture hts --checkpoint-every 1m"];

    public override int Execute(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, _run);
        invocation.Note(builder.Problems);
        TimeSpan duration = TimeSpan.FromMinutes(invocation.Real(_minutes, Shortest, Longest) ?? Default);
        invocation.ThrowIfRefused();
        SoakMeasurement measured = invocation.Services.Soak(builder.Options, duration, invocation.Tell);
        invocation.Show(_json, measured, SoakLines.Write);
        return 0;
    }
}
