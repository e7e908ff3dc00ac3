using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class AsterixGameTests
{
    private const int Player = 0;
    private const int Enemy = 1;
    private const int Trail = 2;
    private const int Gold = 3;
    private const int SpawnSpeedAt = 52; // offsets in the saved state
    private const int MoveSpeedAt = 60;
    private const int RampTimerAt = 68;

    [Fact]
    public void Act_EleventhStep_SpawnsTheFirstEntity()
    {
        GameTable table = Started();
        table.Repeat(GameAction.NoOp, 10);
        table.Random.Uniform(0.49, 0.33).Integer(0, 8, 7);
        table.Act();
        Assert.Equal([(1, 8)], table.Cells(Gold)); // entered at column 0, and the entities move in steps 6, 11, ...
        Assert.Equal([(0, 8)], table.Cells(Trail));
    }

    [Fact]
    public void Act_SpawnFromTheRight_TrailIsOffTheBoardBeforeItMoves()
    {
        GameTable table = With(taken: 0, spawnTimer: 0, moveTimer: 3);
        table.Random.Uniform(0.5, 0.34).Integer(0, 8, 0);
        table.Act();
        Assert.Equal([(9, 1)], table.Cells(Enemy));
        Assert.Empty(table.Cells(Trail));
    }

    [Fact]
    public void Spawn_ChosenAmongFreeSlots_CountsOnlyThose()
    {
        GameTable table = With(taken: 0b0000_1011, spawnTimer: 0, moveTimer: 3, column: 7);
        table.Random.Uniform(0.2, 0.9).Integer(0, 5, 1); // free: 2, 4, 5, 6, 7
        table.Act();
        Assert.Contains((0, 5), table.Cells(Enemy));
    }

    [Fact]
    public void Spawn_NoFreeSlot_MakesTwoDrawsAndRestartsTheTimer()
    {
        GameTable table = With(taken: 0xFF, spawnTimer: 0, moveTimer: 3, column: 7);
        table.Random.Uniform(0.2, 0.2);
        table.Act();
        Assert.Equal(8, table.Cells(Enemy).Length);
        Assert.Equal(9, table.IntegerAt(SpawnSpeedAt + 4));
    }

    [Fact]
    public void Spawn_IntoThePlayersCell_TouchesInTheSameStep()
    {
        GameTable table = With(taken: 0, spawnTimer: 0, moveTimer: 3, playerX: 0);
        table.Random.Uniform(0.2, 0.2).Integer(0, 8, 4);
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Gold));
    }

    [Fact]
    public void Contact_WithAnEnemyAboutToLeave_EndsTheEpisodeButNotTheStep()
    {
        GameTable table = With(taken: 1 << 4, right: 1 << 4, spawnTimer: 5, moveTimer: 0, column: 6);
        table.Act(GameAction.Right); // into (6, 5)
        Assert.True(table.Terminal);
        Assert.Equal([(7, 5)], table.Cells(Enemy)); // it moved all the same
        Assert.Equal([(6, 5)], table.Cells(Player));
    }

    [Fact]
    public void Contact_EntityMovesOntoThePlayer_Counts()
    {
        GameTable table = With(taken: 1 << 4, gold: 1 << 4, spawnTimer: 5, moveTimer: 0, column: 6);
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Gold));
        Assert.False(table.Terminal);
    }

    [Fact]
    public void Movement_OffTheBoard_EmptiesTheSlot()
    {
        GameTable table = With(taken: 0b11, right: 0b01, spawnTimer: 5, moveTimer: 0, column: 9);
        table.Act();
        Assert.Equal([(8, 2)], table.Cells(Enemy));
        Assert.Equal([(9, 2)], table.Cells(Trail));
    }

    [Theory]
    [InlineData((int)GameAction.Up, 5, 1)]
    [InlineData((int)GameAction.Down, 5, 8)]
    [InlineData((int)GameAction.Left, 0, 5)]
    [InlineData((int)GameAction.Right, 9, 5)]
    public void Player_AtTheLimits_Stops(int action, int x, int y)
    {
        GameTable table = Started();
        table.Repeat((GameAction)action, 10);
        Assert.Equal([(x, y)], table.Cells(Player));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ramping_FirstIncrease_ComesInStep102(bool ramping)
    {
        GameTable table = new GameTable(new AsterixGame(ramping), 4).Reset();
        table.Repeat(GameAction.Down, 3);
        for (int step = 4; step <= 101; step++)
        {
            if (step % 10 == 1) // spawns in steps 11, 21, ...: to the first free slot, so that rows 7 and 8 stay empty
            {
                table.Random.Uniform(0, 0.9).Integer(0, 8 - table.Cells(Enemy).Length, 0);
            }

            table.Act();
        }

        Assert.Equal(10, table.IntegerAt(SpawnSpeedAt));
        table.Act();
        Assert.Equal(ramping ? 9 : 10, table.IntegerAt(SpawnSpeedAt));
        Assert.Equal(5, table.IntegerAt(MoveSpeedAt));
        Assert.False(table.Terminal);
    }

    [Theory]
    [InlineData(0, 10, 5, 9, 5)]
    [InlineData(1, 10, 5, 9, 4)]
    [InlineData(3, 1, 2, 1, 1)]
    [InlineData(2, 1, 2, 1, 2)]
    [InlineData(5, 2, 1, 1, 1)]
    public void Ramping_Due_SpeedsUpMovesOnlyAtOddIndices(int index, int spawn, int move, int nextSpawn, int nextMove)
    {
        GameTable table = With(taken: 0, spawnTimer: 5, moveTimer: 3, spawnSpeed: spawn, moveSpeed: move, rampTimer: -1, rampIndex: index);
        table.Act();
        Assert.Equal((nextSpawn, nextMove), (table.IntegerAt(SpawnSpeedAt), table.IntegerAt(MoveSpeedAt)));
        Assert.Equal((100, index + 1), (table.IntegerAt(RampTimerAt), table.IntegerAt(RampTimerAt + 4)));
    }

    [Fact]
    public void Ramping_AtTheHighestDifficulty_Stops()
    {
        GameTable table = With(taken: 0, spawnTimer: 5, moveTimer: 3, spawnSpeed: 1, moveSpeed: 1, rampTimer: -1, rampIndex: 9);
        table.Act();
        Assert.Equal((-1, 9), (table.IntegerAt(RampTimerAt), table.IntegerAt(RampTimerAt + 4)));
    }

    private static GameTable Started() => new GameTable(new AsterixGame(ramping: true), AsterixGame.Channels).Reset();

    private static GameTable With(
        int taken, int spawnTimer, int moveTimer, int right = 0, int gold = 0, int column = 0, int playerX = 5,
        int spawnSpeed = 10, int moveSpeed = 5, int rampTimer = 50, int rampIndex = 0)
    {
        object[] columns = [.. Enumerable.Repeat((object)column, 8)];
        return new GameTable(new AsterixGame(ramping: true), AsterixGame.Channels).Load(
        [
            (uint)taken, (uint)right, (uint)gold, .. columns, playerX, 5, spawnSpeed, spawnTimer, moveSpeed, moveTimer, rampTimer,
            rampIndex, false,
        ]);
    }
}
