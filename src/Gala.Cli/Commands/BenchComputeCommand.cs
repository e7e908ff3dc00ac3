using Gala.Cli.Display;
using Gala.Measuring;
using Gala.Networks;

namespace Gala.Cli.Commands;

/// <summary><c>gala bench compute</c>.</summary>
internal sealed class BenchComputeCommand : GalaCommand
{
    private const string All = "all";
    private static readonly string[] WorkNames = ["networks", "layers", "kernels", All];

    private readonly ValueOption _network = new("--network", "NAME", "Only this network") { Choices = NetworkPresets.Names, DefaultText = "every one" };
    private readonly ValueOption _works = new("--works", "NAME", "What to measure") { Choices = WorkNames, DefaultText = All };
    private readonly ValueOption _seconds = BenchOptions.Seconds("Length of each measurement", "0.1");
    private readonly SwitchOption _json = BenchOptions.Json();

    public BenchComputeCommand()
        : base("compute", "Measures kernels, layers and networks as time and as a share of the machine's peak.")
    {
        Add(_network);
        Add(_works);
        Add(_seconds);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
        ["gala bench compute --network minatar", "gala bench compute --works networks --seconds 1 --json"];

    public override int Execute(Invocation invocation)
    {
        string works = invocation.Choice(_works) ?? All;
        string? network = invocation.Choice(_network);
        ComputeOptions options = new()
        {
            Presets = network is null ? NetworkPresets.Names : [network],
            Kernels = works is "kernels" or All,
            Layers = works is "layers" or All,
            Networks = works is "networks" or All,
        };
        options = options with { Duration = invocation.Duration(_seconds, options.Duration) };
        invocation.ThrowIfRefused();
        ComputeMeasurement measured = invocation.Services.MeasureCompute(options, invocation.Tell);
        invocation.Show(_json, measured, ComputeTables.Write);
        return 0;
    }
}
