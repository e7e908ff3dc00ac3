using System.Text.Json.Nodes;

namespace Gala.Environments.Tests.Traces;

/// <summary>A short segment of each game, worked out by hand from the rules.</summary>
internal static class HandTraces
{
    private static readonly int[] Bricks = [.. Enumerable.Range(10, 30).Select(cell => (cell * 4) + 3)];

    public static TraceBuilder Breakout()
    {
        TraceBuilder trace = new("breakout", 4, true, 0.1, [TraceBuilder.RandInt(0, 2, 0)], BreakoutBoard(4, (0, 3), (0, 3)));
        return trace
            .Step(3, 0, false, [TraceBuilder.Rand(0.5)], BreakoutBoard(5, (1, 4), (0, 3)))
            .Step(1, 0, false, [TraceBuilder.Rand(0.05)], BreakoutBoard(6, (2, 5), (1, 4))) // sticks to right
            .Step(0, 0, false, [TraceBuilder.Rand(0.1)], BreakoutBoard(6, (3, 6), (2, 5)))
            .Step(1, 0, false, [TraceBuilder.Rand(0.9)], BreakoutBoard(5, (4, 7), (3, 6)))
            .Step(1, 0, false, [TraceBuilder.Rand(0.9)], BreakoutBoard(4, (5, 8), (4, 7)))
            .Step(0, 0, true, [TraceBuilder.Rand(0.9)], BreakoutBoard(4, (6, 9), (5, 8)))
            .Step(3, 0, true, [TraceBuilder.Rand(0.9)], BreakoutBoard(4, (6, 9), (5, 8))) // played on after the end
            .Reset([TraceBuilder.RandInt(0, 2, 1)], BreakoutBoard(4, (9, 3), (9, 3)))
            .Step(1, 0, false, [TraceBuilder.Rand(0.01)], BreakoutBoard(5, (8, 4), (9, 3))); // right is remembered
    }

    public static TraceBuilder Asterix()
    {
        int player = Index(4, 5, 5, 0);
        TraceBuilder trace = new("asterix", 4, false, 0, [], [player]);
        for (int i = 0; i < 10; i++)
        {
            trace.Step(0, 0, false, [TraceBuilder.Rand(0)], [player]);
        }

        JsonArray spawn = [TraceBuilder.Rand(0), TraceBuilder.Rand(0.7), TraceBuilder.Rand(0.1), TraceBuilder.RandInt(0, 8, 2)];
        int[] golden = [Index(4, 8, 3, 3), Index(4, 9, 3, 2)]; // from the right, moved once, in row 3
        return trace
            .Step(2, 0, false, spawn, [Index(4, 5, 4, 0), .. golden])
            .Step(1, 0, false, [TraceBuilder.Rand(0)], [Index(4, 4, 4, 0), .. golden]);
    }

    public static TraceBuilder Freeway()
    {
        JsonArray draws = [.. Enumerable.Repeat(0, 8).Select(_ => (JsonNode)TraceBuilder.RandInt(1, 6, 1)),
            .. Enumerable.Repeat(0, 8).Select(_ => (JsonNode)TraceBuilder.Rand(0.75))];
        TraceBuilder trace = new("freeway", 7, true, 0.1, draws, FreewayBoard(9, 0, 9));
        return trace
            .Step(2, 0, false, [TraceBuilder.Rand(0.6)], FreewayBoard(9, 0, 9))
            .Step(2, 0, false, [TraceBuilder.Rand(0.6)], FreewayBoard(9, 1, 0))
            .Step(2, 0, false, [TraceBuilder.Rand(0.6)], FreewayBoard(9, 1, 0))
            .Step(2, 0, false, [TraceBuilder.Rand(0.6)], FreewayBoard(8, 2, 1));
    }

    public static TraceBuilder Seaquest()
    {
        int[] oxygen = [.. Enumerable.Range(0, 10).Select(x => Index(10, x, 9, 7))];
        TraceBuilder trace = new("seaquest", 10, true, 0.1, [], [Index(10, 5, 0, 0), Index(10, 6, 0, 1), .. oxygen]);
        return trace
            .Step(5, 0, false, [TraceBuilder.Rand(0.2)], [Index(10, 5, 0, 0), Index(10, 6, 0, 1), Index(10, 4, 0, 2), .. oxygen])
            .Step(3, 0, false, [TraceBuilder.Rand(0.2)], [Index(10, 6, 0, 0), Index(10, 5, 0, 1), Index(10, 3, 0, 2), .. oxygen])
            .Step(4, 0, false, [TraceBuilder.Rand(0.2)], [Index(10, 6, 1, 0), Index(10, 5, 1, 1), Index(10, 2, 0, 2), .. oxygen[..9]])
            .Step(2, 0, true, [TraceBuilder.Rand(0.2)], [Index(10, 6, 0, 0), Index(10, 5, 0, 1), Index(10, 1, 0, 2), .. oxygen[..9]]);
    }

    public static TraceBuilder SpaceInvaders()
    {
        TraceBuilder trace = new("space_invaders", 6, true, 0.1, [], InvadersBoard(5, null));
        for (int i = 0; i < 5; i++)
        {
            trace.Step(i == 0 ? 5 : 0, 0, false, [TraceBuilder.Rand(0.5)], InvadersBoard(5, 8 - i));
        }

        int[] hit = [.. InvadersBoard(6, null).Except([Index(6, 5, 3, 1), Index(6, 5, 3, 2)])];
        return trace.Step(3, 1, false, [TraceBuilder.Rand(0.5)], hit);
    }

    private static int Index(int channels, int x, int y, int channel) => (((y * 10) + x) * channels) + channel;

    private static int[] BreakoutBoard(int paddle, (int X, int Y) ball, (int X, int Y) trail) =>
        [.. Bricks, Index(4, paddle, 9, 0), Index(4, ball.X, ball.Y, 1), Index(4, trail.X, trail.Y, 2)];

    private static int[] FreewayBoard(int row, int car, int behind) =>
        [Index(7, 4, row, 0), .. Enumerable.Range(1, 8).SelectMany(y => new[] { Index(7, car, y, 1), Index(7, behind, y, 2) })];

    private static int[] InvadersBoard(int cannon, int? shotRow)
    {
        List<int> ones = [Index(6, cannon, 9, 0)];
        for (int cell = 0; cell < 40; cell++)
        {
            if (cell % 10 is >= 2 and <= 7)
            {
                ones.AddRange([(cell * 6) + 1, (cell * 6) + 2]);
            }
        }

        return shotRow is { } row ? [.. ones, Index(6, 5, row, 4)] : [.. ones];
    }
}
