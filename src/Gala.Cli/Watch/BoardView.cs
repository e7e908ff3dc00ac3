using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gala.Cli.Watch;

/// <summary>An image observation as coloured cells, two characters wide, with a legend below.</summary>
internal sealed class BoardView(WatchFrame frame) : Renderable
{
    private static readonly Color[] Ground = [new(0x1C, 0x1F, 0x26), new(0x22, 0x26, 0x2E)]; // a faint chequer keeps the eye on the grid

    private readonly Board _board = new(frame);
    private readonly ChannelLook _look = new(frame.Spec);

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(_board.Columns * 2, _board.Columns * 2);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        for (int row = 0; row < _board.Rows; row++)
        {
            for (int column = 0; column < _board.Columns; column++)
            {
                Color color = _board.At(row, column) is { } cell ? _look.Color(cell.Channel, cell.Value) : Ground[(row + column) % 2];
                yield return new Segment("  ", new Style(background: color));
            }

            yield return Segment.LineBreak;
        }
    }
}
