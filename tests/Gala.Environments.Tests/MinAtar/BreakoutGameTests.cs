using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class BreakoutGameTests
{
    private const int Paddle = 0;
    private const int Ball = 1;
    private const int Trail = 2;
    private const int Brick = 3;

    [Theory]
    [InlineData(0, 0, "8d55207346217692")]
    [InlineData(1, 9, "46c35e6da4ec96b6")]
    public void Reset_EitherDraw_StartsInTheLowestRowOfBricks(int draw, int column, string hash)
    {
        GameTable table = Started(draw);
        Assert.Equal([(column, 3)], table.Cells(Ball));
        Assert.Equal([(column, 3)], table.Cells(Trail));
        Assert.Equal([(4, 9)], table.Cells(Paddle));
        Assert.Equal(30, table.Cells(Brick).Length);
        float[] observation = new float[400];
        table.Game.Observe(observation);
        Assert.Equal(hash, ObservationHash.Text(ObservationHash.Of(observation)));
    }

    [Fact]
    public void Act_PaddleAway_LosesTheBallInTheSixthStep()
    {
        GameTable table = Started(0);
        table.Repeat(GameAction.NoOp, 5);
        Assert.Equal([(5, 8)], table.Cells(Ball));
        Assert.False(table.Terminal);
        table.Act();
        Assert.True(table.Terminal);
        Assert.Equal([(6, 9)], table.Cells(Ball));
        Assert.Equal([(5, 8)], table.Cells(Trail));
    }

    [Fact]
    public void Act_PaddleUnderTheOldColumn_MirrorsTheBallAndLaterHitsABrick()
    {
        GameTable table = Started(0);
        table.Act(GameAction.Right); // paddle 5
        table.Repeat(GameAction.NoOp, 5);
        Assert.Equal([(6, 8)], table.Cells(Ball)); // its column changes, its row stays
        Assert.Equal(0, table.Repeat(GameAction.NoOp, 3));
        Assert.Equal([(9, 5)], table.Cells(Ball));
        table.Act();
        Assert.Equal([(9, 4)], table.Cells(Ball)); // the wall
        Assert.Equal(1, table.Act());
        Assert.Equal([(8, 4)], table.Cells(Ball));
        Assert.DoesNotContain((8, 3), table.Cells(Brick));
        Assert.Equal(29, table.Cells(Brick).Length);
        table.Act();
        Assert.Equal([(7, 5)], table.Cells(Ball));
    }

    [Fact]
    public void Act_PaddleUnderTheNewColumn_SendsTheBallBack()
    {
        GameTable table = Started(0);
        table.Repeat(GameAction.Right, 2); // paddle 6
        table.Repeat(GameAction.NoOp, 4);
        Assert.Equal([(6, 8)], table.Cells(Ball));
        table.Act();
        Assert.Equal([(5, 7)], table.Cells(Ball));
    }

    [Fact]
    public void Act_PaddleMovesUnderTheBallInTheSameStep_Saves()
    {
        GameTable table = Started(0);
        table.Repeat(GameAction.NoOp, 5);
        table.Act(GameAction.Right); // paddle 5 before the ball comes from column 5
        Assert.False(table.Terminal);
    }

    [Fact]
    public void Act_SecondBrickInARow_EntersItAndLeavesIt()
    {
        // Ball at (3, 2) going down-right to a brick at (4, 3), then up-right to one at (5, 1).
        GameTable table = With(3, 2, right: true, down: true, paddle: 0, bricks: BrickAt(4, 3) | BrickAt(5, 1));
        Assert.Equal(1, table.Act());
        Assert.Equal([(4, 2)], table.Cells(Ball));
        Assert.Equal(0, table.Act());
        Assert.Equal([(5, 1)], table.Cells(Ball));
        Assert.Equal([(5, 1)], table.Cells(Brick));
    }

    [Fact]
    public void Act_BetweenTwoBricksTheBallWasFree_CountsBoth()
    {
        // Up to (4, 3), down to the paddle in column 8, off the wall and up to (5, 3).
        GameTable table = With(3, 4, right: true, down: false, paddle: 8, bricks: BrickAt(4, 3) | BrickAt(5, 3));
        Assert.Equal(1, table.Repeat(GameAction.NoOp, 10));
        Assert.Equal([(6, 4)], table.Cells(Ball));
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Brick));
    }

    [Fact]
    public void Act_LastBrickRemoved_NoneComeBackYet()
    {
        GameTable table = With(3, 4, right: true, down: false, paddle: 0, bricks: BrickAt(4, 3));
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Brick));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, false)]
    public void Act_BottomRowWithoutBricks_BringsThemBackEvenIfTheBallIsLost(int paddle, bool lost)
    {
        GameTable table = With(5, 8, right: true, down: true, paddle, bricks: 0);
        table.Act();
        Assert.Equal(lost, table.Terminal);
        Assert.Equal(30, table.Cells(Brick).Length);
    }

    [Fact]
    public void Act_CornerWithPaddle_ReflectsBothWays()
    {
        GameTable table = With(9, 8, right: true, down: true, paddle: 9, bricks: BrickAt(0, 1));
        table.Act();
        Assert.Equal([(9, 8)], table.Cells(Ball));
        table.Act();
        Assert.Equal([(8, 7)], table.Cells(Ball));
    }

    [Fact]
    public void Act_Ceiling_ReflectsAndStaysInRowZero()
    {
        GameTable table = With(3, 0, right: true, down: false, paddle: 9, bricks: BrickAt(0, 1));
        table.Act();
        Assert.Equal([(4, 0)], table.Cells(Ball));
        table.Act();
        Assert.Equal([(5, 1)], table.Cells(Ball));
    }

    [Theory]
    [InlineData((int)GameAction.Left, 0)]
    [InlineData((int)GameAction.Right, 9)]
    public void Act_PaddleAtTheEdge_StaysThere(int action, int column)
    {
        GameTable table = With(5, 0, right: true, down: true, paddle: column, bricks: 0);
        table.Act((GameAction)action);
        Assert.Equal([(column, 9)], table.Cells(Paddle));
    }

    [Fact]
    public void Act_AfterTheEnd_ChangesNothing()
    {
        GameTable table = Started(0);
        table.Repeat(GameAction.NoOp, 6);
        byte[] state = table.State();
        Assert.Equal(0, table.Act(GameAction.Right));
        Assert.True(table.Terminal);
        Assert.Equal(state, table.State());
    }

    private static uint BrickAt(int x, int y) => 1u << (((y - 1) * 10) + x);

    private static GameTable Started(int draw)
    {
        GameTable table = new(new BreakoutGame(), BreakoutGame.Channels);
        table.Random.Integer(0, 2, draw);
        return table.Reset();
    }

    private static GameTable With(int x, int y, bool right, bool down, int paddle, uint bricks) =>
        new GameTable(new BreakoutGame(), BreakoutGame.Channels).Load(x, y, x, y, right, down, paddle, bricks, false, false);
}
