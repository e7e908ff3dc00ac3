using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class FreewayGameTests
{
    private const int Chicken = 0;
    private const int Car = 1;
    private const double ToTheLeft = 0.4;
    private const double ToTheRight = 0.6;

    [Fact]
    public void Reset_SixteenDraws_PutsEightCarsInColumnZero()
    {
        GameTable table = new(new FreewayGame(), FreewayGame.Channels);
        table.Random.Integer(1, 6, 1, 2, 3, 4, 5, 1, 2, 3).Uniform(ToTheLeft, ToTheRight, 0.1, 0.9, 0, 0.51, 0.49, 0.99);
        table.Reset();
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        Assert.Equal(Enumerable.Range(1, 8).Select(y => (0, y)), table.Cells(Car));
        Assert.Equal([(1, 1), (9, 6)], table.Cells(2)); // speed 1: behind it, wrapped around for the car to the right
        Assert.Equal([(9, 2), (1, 7)], table.Cells(3));
        Assert.Equal([(1, 3), (9, 8)], table.Cells(4));
        Assert.Equal([(9, 4)], table.Cells(5));
        Assert.Equal([(1, 5)], table.Cells(6));
    }

    [Theory]
    [InlineData(1, ToTheRight, 2, 1)]
    [InlineData(3, ToTheRight, 4, 1)]
    [InlineData(5, ToTheLeft, 6, 9)]
    public void Cars_OfSpeedS_MoveEverySPlusOneSteps(int speed, double direction, int period, int column)
    {
        GameTable table = Started(speed, direction);
        table.Repeat(GameAction.NoOp, period - 1);
        Assert.Equal([(0, 1)], table.Cells(Car)[..1]);
        table.Act();
        Assert.Equal([(column, 1)], table.Cells(Car)[..1]);
        table.Repeat(GameAction.NoOp, 9 * period);
        Assert.Equal([(0, 1)], table.Cells(Car)[..1]); // once around
    }

    [Fact]
    public void Chicken_AfterReset_MovesInSteps4And7AndScoresInStep28()
    {
        GameTable table = Started(5, ToTheLeft); // the cars are far from column 4 until step 36
        table.Repeat(GameAction.Up, 3);
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        table.Act(GameAction.Up);
        Assert.Equal([(4, 8)], table.Cells(Chicken));
        table.Repeat(GameAction.Up, 2);
        Assert.Equal([(4, 8)], table.Cells(Chicken));
        table.Act(GameAction.Up);
        Assert.Equal([(4, 7)], table.Cells(Chicken));
        Assert.Equal(0, table.Repeat(GameAction.Up, 20));
        Assert.Equal([(4, 1)], table.Cells(Chicken));
        Randomize(table, 1, ToTheRight);
        Assert.Equal(1, table.Act(GameAction.Up));
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        Assert.Equal(Enumerable.Range(1, 8).Select(y => (6, y)), table.Cells(Car)); // columns survive: 0, 9, 8, 7, 6
        table.Act(GameAction.Up);
        Assert.Equal(Enumerable.Range(1, 8).Select(y => (7, y)), table.Cells(Car)); // the new timers of 1 ran in the goal's step
        table.Act(GameAction.Up);
        table.Act(GameAction.Up);
        Assert.Equal([(4, 8)], table.Cells(Chicken)); // step 31: the goal left the move timer alone
    }

    [Fact]
    public void Chicken_DownAtTheStart_SetsTheTimerAllTheSame()
    {
        GameTable table = Started(5, ToTheLeft);
        table.Repeat(GameAction.NoOp, 3);
        table.Act(GameAction.Down);
        table.Repeat(GameAction.Up, 2);
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        table.Act(GameAction.Up);
        Assert.Equal([(4, 8)], table.Cells(Chicken));
    }

    [Fact]
    public void Collision_CarMovesOntoTheChicken_SendsItBack()
    {
        GameTable table = Started(1, ToTheRight); // at column 4 in step 8
        table.Repeat(GameAction.Up, 4);
        table.Repeat(GameAction.NoOp, 3);
        Assert.Equal([(4, 8)], table.Cells(Chicken));
        table.Act();
        Assert.Equal([(4, 9)], table.Cells(Chicken));
    }

    [Fact]
    public void Collision_ChickenWalksIntoTheCar_SendsItBackAndKeepsTheTimer()
    {
        GameTable table = Started(1, ToTheRight);
        table.Repeat(GameAction.NoOp, 7);
        table.Act(GameAction.NoOp); // cars now at column 4, and stay there for step 9
        table.Act(GameAction.Up);
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        table.Repeat(GameAction.Up, 2);
        Assert.Equal([(4, 9)], table.Cells(Chicken));
        table.Act(GameAction.Up);
        Assert.Equal([(4, 8)], table.Cells(Chicken));
    }

    [Fact]
    public void Episode_Step2501_EndsByTime()
    {
        GameTable table = Started(5, ToTheLeft);
        table.Repeat(GameAction.NoOp, 2500);
        Assert.False(table.Terminal);
        table.Act();
        Assert.True(table.Terminal);
        byte[] state = table.State();
        Assert.Equal(0, table.Act(GameAction.Up));
        Assert.Equal(state, table.State());
    }

    private static GameTable Started(int speed, double direction)
    {
        GameTable table = new(new FreewayGame(), FreewayGame.Channels);
        Randomize(table, speed, direction);
        return table.Reset();
    }

    private static void Randomize(GameTable table, int speed, double direction) => table.Random
        .Integer(1, 6, [.. Enumerable.Repeat(speed, 8)]).Uniform([.. Enumerable.Repeat(direction, 8)]);
}
