using Gala.Cli.Display;
using Gala.Environments;

namespace Gala.Cli.Commands;

/// <summary><c>gala environments list</c>.</summary>
internal sealed class EnvironmentsListCommand : GalaCommand
{
    public EnvironmentsListCommand()
        : base("list", "Lists the environments with their observations, actions and options.")
    {
    }

    public override IReadOnlyList<string> Examples =>
        ["gala environments list", "gala train --environment minatar/breakout:sticky=0:actions=minimal"];

    public override int Execute(Invocation invocation)
    {
        invocation.ThrowIfRefused();
        TextWriter output = invocation.Console.Out;
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Default.List())
        {
            output.WriteLine($"{entry.Id}  {entry.Summary}");
            WriteSpec(output, entry.Id);
            int column = entry.Options.Max(option => Setting(option).Length);
            foreach (EnvironmentOption option in entry.Options) // at least limit, which every environment has
            {
                output.WriteLine($"  {Setting(option).PadRight(column)}  {option.Summary} [default: {option.Default}]");
            }

            output.WriteLine();
        }

        output.WriteLine("Options follow the id, as in minatar/breakout:sticky=0.1:limit=1000.");
        return 0;
    }

    /// <summary>One environment that cannot be made is no reason not to list the others.</summary>
    private static void WriteSpec(TextWriter output, string id)
    {
        try
        {
            EnvironmentSpec spec = EnvironmentRegistry.Default.SpecOf(id);
            output.WriteLine($"  observation  {spec.Observation}{Names(spec.ChannelNames)}");
            output.WriteLine($"  actions      {spec.Actions}{Names(spec.ActionNames)}");
        }
        catch (EnvironmentException exception)
        {
            output.WriteLine($"  refused      {PlainText.Line(exception.Message)}");
        }
    }

    private static string Setting(EnvironmentOption option) => $":{option.Name}={option.Values}";

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "" : $" ({string.Join(", ", names)})";
}
