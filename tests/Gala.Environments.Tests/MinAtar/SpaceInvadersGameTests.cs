using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class SpaceInvadersGameTests
{
    private const int Cannon = 0;
    private const int Alien = 1;
    private const int AlienLeft = 2;
    private const int AlienRight = 3;
    private const int Shot = 4;
    private const int EnemyShot = 5;
    private const int IntervalAt = 56; // offsets in the saved state
    private const int MoveTimerAt = 60;
    private const int RampIndexAt = 68;

    [Fact]
    public void Reset_Always_StandsFourRowsOfSix()
    {
        GameTable table = Started();
        Assert.Equal([(5, 9)], table.Cells(Cannon));
        Assert.Equal(24, table.Cells(Alien).Length);
        Assert.All(table.Cells(Alien), cell => Assert.True(cell is { X: >= 2 and <= 7, Y: >= 0 and <= 3 }));
        Assert.Equal(table.Cells(Alien), table.Cells(AlienLeft));
        Assert.Empty(table.Cells(AlienRight));
    }

    [Fact]
    public void Shot_Fired_ShowsInRow8AndHitsInStep6()
    {
        GameTable table = Started();
        table.Act(GameAction.Fire);
        Assert.Equal([(5, 8)], table.Cells(Shot));
        Assert.Equal(0, table.Repeat(GameAction.NoOp, 4));
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Shot));
        Assert.DoesNotContain((5, 3), table.Cells(Alien));
        Assert.Equal(23, table.Cells(Alien).Length);
    }

    [Fact]
    public void Fire_BeforeTheGunIsReady_DoesNothing()
    {
        GameTable table = Started();
        table.Repeat(GameAction.Fire, 5);
        Assert.Single(table.Cells(Shot));
        table.Act(GameAction.Fire);
        Assert.Equal([(5, 8)], table.Cells(Shot)); // the second one; the first has just hit
    }

    [Fact]
    public void Aliens_Step11_ShootFromTheNearestColumnAndHitTheCannonInStep17()
    {
        GameTable table = Started();
        table.Repeat(GameAction.NoOp, 10);
        Assert.Empty(table.Cells(EnemyShot));
        table.Act();
        Assert.Equal([(5, 3)], table.Cells(EnemyShot));
        table.Repeat(GameAction.NoOp, 5);
        Assert.Equal([(5, 8)], table.Cells(EnemyShot));
        Assert.False(table.Terminal);
        table.Act();
        Assert.True(table.Terminal);
    }

    [Fact]
    public void Aliens_Step13_MarchLeft()
    {
        GameTable table = Started();
        table.Repeat(GameAction.NoOp, 12);
        Assert.Contains((7, 0), table.Cells(Alien));
        table.Act();
        Assert.DoesNotContain((7, 0), table.Cells(Alien));
        Assert.Contains((1, 0), table.Cells(Alien));
    }

    [Fact]
    public void Shooter_TwoColumnsAtOneDistance_IsTheLowestOfTheLeftOne()
    {
        GameTable table = With(Set((3, 1), (3, 4), (7, 6)), shotTimer: 0);
        table.Act();
        Assert.Equal([(3, 4)], table.Cells(EnemyShot));
    }

    [Fact]
    public void Shooter_NearColumnBeatsFarOne()
    {
        GameTable table = With(Set((2, 8), (7, 1)), shotTimer: 0);
        table.Act();
        Assert.Equal([(7, 1)], table.Cells(EnemyShot));
    }

    [Fact]
    public void Aliens_AtTheEdge_TurnAndMoveDown()
    {
        GameTable table = With(Set((0, 2), (4, 3)), moveTimer: 0);
        table.Act();
        Assert.Equal([(0, 3), (4, 4)], table.Cells(Alien));
        Assert.Equal([(0, 3), (4, 4)], table.Cells(AlienRight));
        Assert.Equal(1, table.IntegerAt(MoveTimerAt)); // min(2 aliens, interval), less one
        Assert.False(table.Terminal);
    }

    [Fact]
    public void Aliens_InTheLastRowAtTheEdge_EndTheEpisodeAndRotate()
    {
        GameTable table = With(Set((9, 9), (8, 4)), direction: 1, moveTimer: 0);
        table.Act();
        Assert.True(table.Terminal);
        Assert.Equal([(9, 0), (8, 5)], table.Cells(Alien));
    }

    [Fact]
    public void Aliens_InTheLastRowAwayFromTheEdge_EndItOnlyAtTheCannon()
    {
        GameTable table = With(Set((7, 9)), moveTimer: 0);
        table.Act();
        Assert.False(table.Terminal);
        table.Act(); // one alien moves every step: to column 5, the cannon's
        Assert.True(table.Terminal);
    }

    [Fact]
    public void Aliens_CannonMovesOntoOne_EndsTheEpisode()
    {
        GameTable table = With(Set((6, 9)), moveTimer: 3);
        table.Act(GameAction.Right);
        Assert.True(table.Terminal);
    }

    [Fact]
    public void Hits_SeveralInOneStep_AreAllCounted()
    {
        GameTable table = With(Set((2, 2), (6, 5), (9, 0)), shots: Set((2, 3), (6, 6), (4, 4)), moveTimer: 4);
        Assert.Equal(2, table.Act());
        Assert.Equal([(9, 0)], table.Cells(Alien));
        Assert.Equal([(4, 3)], table.Cells(Shot));
    }

    [Fact]
    public void Hits_ShotAndAlienSwapCells_PassEachOther()
    {
        GameTable table = With(Set((0, 4)), shots: Set((0, 5)), moveTimer: 0);
        Assert.Equal(0, table.Act());
        Assert.Equal([(0, 5)], table.Cells(Alien));
        Assert.Equal([(0, 4)], table.Cells(Shot));
    }

    [Fact]
    public void Shots_AtTheEnds_AreGone()
    {
        GameTable table = With(Set((9, 0)), shots: Set((1, 0)), enemyShots: Set((1, 9), (3, 4)), moveTimer: 4);
        table.Act();
        Assert.Empty(table.Cells(Shot));
        Assert.Equal([(3, 5)], table.Cells(EnemyShot));
    }

    [Theory]
    [InlineData(true, 12, 11, 1)]
    [InlineData(true, 6, 6, 0)]
    [InlineData(false, 12, 12, 0)]
    public void Wave_Cleared_StartsTheNextFasterIfRamping(bool ramping, int interval, int next, int rampIndex)
    {
        GameTable table = With(Set((4, 4)), shots: Set((4, 5)), direction: 1, moveTimer: 4, interval: interval, ramping: ramping);
        Assert.Equal(1, table.Act());
        Assert.Equal(24, table.Cells(AlienRight).Length); // the direction stays
        Assert.Equal((next, 3, rampIndex), (table.IntegerAt(IntervalAt), table.IntegerAt(MoveTimerAt), table.IntegerAt(RampIndexAt)));
    }

    [Fact]
    public void Act_AfterTheEnd_ChangesNothing()
    {
        GameTable table = With(Set((6, 9)), moveTimer: 3);
        table.Act(GameAction.Right);
        byte[] state = table.State();
        Assert.Equal(0, table.Act(GameAction.Fire));
        Assert.Equal(state, table.State());
    }

    private static UInt128 Set(params (int X, int Y)[] cells) =>
        cells.Aggregate(UInt128.Zero, (set, cell) => set | (UInt128.One << ((cell.Y * 10) + cell.X)));

    private static GameTable Started() => new GameTable(new SpaceInvadersGame(ramping: true), SpaceInvadersGame.Channels).Reset();

    private static GameTable With(
        UInt128 aliens, UInt128 shots = default, UInt128 enemyShots = default, int direction = -1, int interval = 12,
        int moveTimer = 5, int shotTimer = 8, bool ramping = true) =>
        new GameTable(new SpaceInvadersGame(ramping), SpaceInvadersGame.Channels).Load(
            aliens, shots, enemyShots, 5, direction, interval, moveTimer, shotTimer, 0, 0, false);
}
