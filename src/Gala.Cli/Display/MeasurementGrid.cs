using Gala.Runs;
using Spectre.Console;

namespace Gala.Cli.Display;

/// <summary>The measurements of all agents together, in two columns of names and values.</summary>
internal static class MeasurementGrid
{
    private const int LeftNames = 14;
    private const int RightNames = 19;

    public static Grid Build(TrainingReport report, ReturnHistory history, int width)
    {
        int half = (width - 2) / 2;
        Grid grid = new() { Width = width };
        foreach (int column in (ReadOnlySpan<int>)[LeftNames, half - LeftNames, RightNames, half - RightNames])
        {
            bool isName = column is LeftNames or RightNames;
            grid.AddColumn(new GridColumn { Width = column, NoWrap = true, Padding = new Padding(isName ? 1 : 0, 0, 0, 0) });
        }

        (string Name, string Value)[] left = [.. Returns(report, history, half - LeftNames), .. Losses(report), .. ByEnvironment(report)];
        (string Name, string Value)[] right = [.. Pace(report), .. Agreement(report), .. report.Gauges.Select(gauge => (gauge.Caption, NumberText.Real(gauge.Value)))];
        for (int row = 0; row < Math.Max(left.Length, right.Length); row++)
        {
            (string leftName, string leftValue) = row < left.Length ? left[row] : ("", "");
            (string rightName, string rightValue) = row < right.Length ? right[row] : ("", "");
            grid.AddRow(Name(leftName), new Markup(leftValue), Name(rightName), new Markup(rightValue));
        }

        return grid;
    }

    private static IEnumerable<(string Name, string Value)> Returns(TrainingReport report, ReturnHistory history, int width)
    {
        string best = $"best {NumberText.Return(report.BestMeanReturn100)}";
        string mean = NumberText.Return(report.MeanReturn100);
        string spark = history.Sparkline(Math.Clamp(width - 1, 0, 40));
        yield return ("return", $"[bold]{mean}[/]  [{Shade.Quiet}]{best}[/]");
        yield return ("", spark.Length > 0 ? $"[{Shade.Accent}]{spark}[/]" : $"[{Shade.Quiet}]none has ended yet[/]");
        string length = report.MeanLength100 is { } steps ? $"  [{Shade.Quiet}]{NumberText.Whole(steps)} steps[/]" : "";
        yield return ("episodes", NumberText.Count(report.Episodes) + length);
    }

    private static IEnumerable<(string Name, string Value)> Losses(TrainingReport report)
    {
        yield return ("entropy", NumberText.Real(report.Entropy));
        yield return ("policy loss", NumberText.Real(report.PolicyLoss));
        yield return ("value loss", NumberText.Real(report.ValueLoss));
    }

    private static IEnumerable<(string Name, string Value)> Pace(TrainingReport report)
    {
        string failed = report.FailedAgents.Count > 0 ? $"  [{Shade.Bad}]{NumberText.Count(report.FailedAgents.Count)} failed[/]" : "";
        yield return ("frames/s", $"[bold]{NumberText.Whole(report.FramesPerSecond)}[/]{failed}");
        string refused = report.RefusedUpdates > 0 ? $"  [{Shade.Bad}]{NumberText.Count(report.RefusedUpdates)} refused[/]" : "";
        yield return ("updates", NumberText.Count(report.Updates) + refused);
        yield return ("explained variance", NumberText.Real(report.ExplainedVariance));
        yield return ("gradient norm", NumberText.Real(report.GradientNorm));
    }

    private static IEnumerable<(string Name, string Value)> Agreement(TrainingReport report)
    {
        if (report.Agents.Count > 1)
        {
            ConsensusReport consensus = report.Consensus;
            string relative = $"[{Shade.Quiet}]{NumberText.Percent(consensus.RelativeDistance)}[/]";
            yield return ("largest distance", $"{NumberText.Real(consensus.MaxDistance)}  {relative}");
            yield return ("its bound", NumberText.Bound(consensus));
        }

        if (report.RefusedMessages > 0)
        {
            yield return ("refused messages", $"[{Shade.Bad}]{NumberText.Count(report.RefusedMessages)}[/]");
        }
    }

    private static IEnumerable<(string Name, string Value)> ByEnvironment(TrainingReport report)
    {
        if (report.Returns is { } returns)
        {
            yield return ("normalised", NumberText.Return(returns.Normalized));
            foreach ((string environment, double? mean) in returns.MeanReturn100)
            {
                string name = environment[(environment.IndexOf('/', StringComparison.Ordinal) + 1)..];
                yield return (name.Length < LeftNames ? name : name[..(LeftNames - 1)], NumberText.Return(mean));
            }
        }
    }

    private static Markup Name(string name) => new($"[{Shade.Quiet}]{name}[/]");
}
