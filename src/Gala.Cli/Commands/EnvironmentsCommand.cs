namespace Gala.Cli.Commands;

/// <summary><c>gala environments</c>: the list, unless a subcommand says otherwise.</summary>
internal sealed class EnvironmentsCommand : GalaCommand
{
    private readonly EnvironmentsListCommand _list = new();

    public EnvironmentsCommand()
        : base("environments", "Lists the environments, checks them against recorded plays, or plays at random.")
    {
        Add(_list);
        Add(new EnvironmentsReplayCommand());
        Add(new EnvironmentsBaselineCommand());
    }

    public override IReadOnlyList<string> Examples => ["gala environments", "gala environments replay breakout.jsonl.gz"];

    public override int Execute(Invocation invocation) => _list.Execute(invocation);
}
