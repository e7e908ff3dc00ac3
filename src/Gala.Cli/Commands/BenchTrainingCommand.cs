using Gala.Cli.Display;
using Gala.Measuring;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala bench training</c>.</summary>
internal sealed class BenchTrainingCommand : GalaCommand
{
    private const int MostAgents = 1_024;
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(1.2);

    private readonly ValueOption _agents = new("--agents", "LIST", "Numbers of agents, with commas between them") { DefaultText = "1, 2 and one a processor" };
    private readonly ValueOption[] _run =
    [
        RunOptionSet.One("--architecture"), RunOptionSet.One("--environment"), RunOptionSet.One("--network"), RunOptionSet.One("--simulators"),
        RunOptionSet.One("--topology"), RunOptionSet.One("--gossip-gradients"), RunOptionSet.One("--gossip-statistics"), RunOptionSet.One("--message-format"),
        RunOptionSet.One("--max-staleness"), RunOptionSet.One("--deterministic"), RunOptionSet.One("--compute-threads"), RunOptionSet.One("--runners"),
    ];

    private readonly ValueOption _seconds = BenchOptions.Seconds("Length of each measurement", "1.2");
    private readonly SwitchOption _json = BenchOptions.Json();

    public BenchTrainingCommand()
        : base("training", "Measures the frames a second of agents that train, and where their time goes.")
    {
        Add(_agents);
        Array.ForEach(_run, Add);
        Add(_seconds);
        Add(_json);
    }

    /// <summary>1, 2 and one for each processor.</summary>
    public static IReadOnlyList<int> DefaultAgents => [.. new SortedSet<int> { 1, 2, Environment.ProcessorCount }];

    public override IReadOnlyList<string> Examples =>
        ["gala bench training --agents 1,2,4", "gala bench training --agents 1,2,4 --simulators 32 --gossip-gradients false", "gala bench training --agents 2 --architecture a2c"];

    public override int Execute(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, _run);
        invocation.Note(builder.Problems);
        IReadOnlyList<int> agents = Agents(invocation);
        TimeSpan duration = invocation.Duration(_seconds, DefaultDuration);
        invocation.ThrowIfRefused();
        TrainingsMeasurement measured = TrainingBenchmark.Run(builder.Options, agents, duration, BenchOptions.TrainingWarmUp, invocation.Tell);
        invocation.Show(_json, measured, TrainingTable.Write);
        return 0;
    }

    private IReadOnlyList<int> Agents(Invocation invocation)
    {
        if (invocation.Text(_agents) is not { } text)
        {
            return DefaultAgents;
        }

        List<int> agents = [];
        foreach (string number in text.Split(','))
        {
            if (HumanNumber.TryParseWhole(number, out decimal count) && count is >= 1 and <= MostAgents)
            {
                agents.Add((int)count);
            }
            else
            {
                invocation.Note(_agents.Name, $"expected whole numbers from 1 to {MostAgents} with commas between them, not '{text}'");
                break;
            }
        }

        return agents;
    }
}
