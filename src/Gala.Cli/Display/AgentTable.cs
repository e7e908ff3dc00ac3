using Gala.Architectures;
using Gala.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Display;

/// <summary>One row an agent.</summary>
internal static class AgentTable
{
    private static readonly string[] OwnColumns = ["agent", "state", "updates", "frames/s", "return", "entropy"];
    private static readonly string[] GossipColumns = ["distance", "mixes", "behind", "ahead"];

    /// <param name="agents">In order of rank, then those with a name of their own, which help.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="rows">Agents that fit; of the others only the number is said.</param>
    public static IRenderable Build(IReadOnlyList<AgentReport> agents, int width, int rows)
    {
        bool gossip = agents.Count(agent => agent.Name is null) > 1;
        Grid grid = new() { Width = width };
        string[] names = gossip ? [.. OwnColumns, .. GossipColumns] : OwnColumns;
        foreach (string name in names)
        {
            grid.AddColumn(new GridColumn
            {
                NoWrap = true,
                Alignment = name == "state" ? Justify.Left : Justify.Right,
                Padding = new Padding(1, 0, 0, 0),
            });
        }

        grid.AddRow([.. names.Select(name => new Markup($"[{Shade.Quiet}]{name}[/]"))]);
        int shown = agents.Count <= rows ? agents.Count : Math.Max(1, rows - 1);
        foreach (AgentReport agent in agents.Take(shown))
        {
            grid.AddRow([.. Cells(agent, gossip).Select(cell => new Markup(cell))]);
        }

        return shown == agents.Count ? grid : new Rows(grid, new Markup($" [{Shade.Quiet}]and {agents.Count - shown} more agents[/]"));
    }

    private static IEnumerable<string> Cells(AgentReport agent, bool gossip)
    {
        yield return agent.Name ?? NumberText.Count(agent.Rank);
        yield return State(agent.State);
        yield return NumberText.Count(agent.Updates);
        yield return NumberText.Whole(agent.FramesPerSecond);
        yield return NumberText.Return(agent.MeanReturn100);
        yield return NumberText.Real(agent.Entropy);
        if (gossip)
        {
            yield return NumberText.Real(agent.DistanceToMean);
            yield return NumberText.WholePercent(agent.MixShare);
            yield return NumberText.Return(agent.Staleness);
            yield return NumberText.WholePercent(agent.AheadShare);
        }
    }

    private static string State(AgentState state)
    {
        string shade = state switch
        {
            AgentState.Acting => Shade.Accent,
            AgentState.Learning => Shade.Good,
            AgentState.Waiting => Shade.Warm,
            AgentState.Failed => Shade.Bad,
            _ => Shade.Quiet,
        };
        return $"[{shade}]{state.ToString().ToLowerInvariant()}[/]";
    }
}
