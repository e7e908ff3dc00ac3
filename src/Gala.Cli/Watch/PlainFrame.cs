using System.Globalization;

namespace Gala.Cli.Watch;

/// <summary>A moment of a play as plain ASCII.</summary>
internal static class PlainFrame
{
    public static void Write(TextWriter output, WatchFrame frame)
    {
        string action = frame.Action is { } chosen ? $"action {frame.ActionName(chosen)}  value {Number(frame.Value)}" : "the episode is over";
        output.WriteLine($"episode {frame.Episode}  step {frame.Step}  reward {Number(frame.Reward)}  return {Number(frame.Return)}  {action}");
        if (frame.Probabilities.Length > 0)
        {
            output.WriteLine(string.Join("  ", frame.Probabilities.Select((probability, i) => $"{frame.ActionName(i)} {Percent(probability)}")));
        }

        if (frame.Spec.Observation.IsVector)
        {
            WriteVector(output, frame);
        }
        else
        {
            WriteBoard(output, frame);
        }

        output.WriteLine();
    }

    /// <summary>Which letter stands for which channel; nothing for a vector.</summary>
    public static void WriteLegend(TextWriter output, WatchFrame frame)
    {
        if (!frame.Spec.Observation.IsVector)
        {
            ChannelLook look = new(frame.Spec);
            output.WriteLine(string.Join("  ", Enumerable.Range(0, frame.Spec.Observation.Channels)
                .Select(channel => $"{look.Letter(channel)} {frame.ChannelName(channel)}")));
            output.WriteLine();
        }
    }

    private static void WriteBoard(TextWriter output, WatchFrame frame)
    {
        Board board = new(frame);
        ChannelLook look = new(frame.Spec);
        for (int row = 0; row < board.Rows; row++)
        {
            output.WriteLine(string.Join(' ', Enumerable.Range(0, board.Columns)
                .Select(column => board.At(row, column) is { } cell ? look.Letter(cell.Channel) : '.')));
        }
    }

    private static void WriteVector(TextWriter output, WatchFrame frame)
    {
        if (frame.Spec.Id == CartPoleSketch.Id)
        {
            foreach (string line in CartPoleSketch.Draw(frame.Observation[0], frame.Observation[2]))
            {
                output.WriteLine(line.TrimEnd());
            }
        }

        output.WriteLine(string.Join("  ", frame.Observation.Select((value, i) => $"{frame.ChannelName(i)} {Number(value)}")));
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(float share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%";
}
