using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class SeaquestGameTests
{
    private const int Front = 0;
    private const int Back = 1;
    private const int Shot = 2;
    private const int Trail = 3;
    private const int EnemyShot = 4;
    private const int Fish = 5;
    private const int EnemySub = 6;
    private const int Oxygen = 7;
    private const int DiverGauge = 8;
    private const int Diver = 9;

    [Fact]
    public void Reset_Always_StartsAtTheSurface()
    {
        GameTable table = Started();
        Assert.Equal([(5, 0)], table.Cells(Front));
        Assert.Equal([(6, 0)], table.Cells(Back));
        Assert.Equal(Enumerable.Range(0, 10).Select(x => (x, 9)), table.Cells(Oxygen));
        Assert.Empty(table.Cells(DiverGauge));
    }

    [Fact]
    public void Sub_UpAndDown_KeepsFacing()
    {
        GameTable table = Started();
        table.Act(GameAction.Right);
        table.Act(GameAction.Down);
        Assert.Equal([(6, 1)], table.Cells(Front));
        Assert.Equal([(5, 1)], table.Cells(Back));
        table.Repeat(GameAction.Down, 9);
        Assert.Equal([(6, 8)], table.Cells(Front));
    }

    [Fact]
    public void Spawns_FirstEnemyAndDiver_ComeInSteps21And31()
    {
        GameTable table = Started();
        table.Repeat(GameAction.NoOp, 20);
        table.Random.Uniform(0.1, 0.5).Integer(1, 9, 4);
        table.Act();
        Assert.Equal([(0, 4)], table.Cells(Fish));
        Assert.Empty(table.Cells(Trail));
        table.Repeat(GameAction.NoOp, 9);
        table.Random.Uniform(0.7).Integer(1, 9, 8);
        table.Act();
        Assert.Equal([(9, 8)], table.Cells(Diver));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spawn_RowTakenInTheOtherDirection_MakesItsDrawsAndNothingElse(bool takenBySub)
    {
        Mover[] oncoming = [new(7, 3, right: false, 4, 5)];
        Scene scene = new() { Fish = takenBySub ? [] : oncoming, EnemySubs = takenBySub ? oncoming : [], SpawnTimer = 0 };
        GameTable table = scene.Table();
        table.Random.Uniform(0.2, 0.2).Integer(1, 9, 3);
        table.Act();
        Assert.Single(table.Cells(Fish).Concat(table.Cells(EnemySub)));
    }

    [Fact]
    public void Spawn_SameDirectionInTheRow_AppendsAnEnemySub()
    {
        GameTable table = new Scene { Fish = [new(7, 3, right: true, 4)], SpawnTimer = 0 }.Table();
        table.Random.Uniform(0.2, 0.33).Integer(1, 9, 3);
        table.Act();
        Assert.Equal([(0, 3)], table.Cells(EnemySub));
    }

    [Fact]
    public void Shot_Fired_ShowsOneCellAheadAndNotOverTheEdge()
    {
        GameTable table = Started();
        table.Act(GameAction.Fire);
        Assert.Equal([(4, 0)], table.Cells(Shot));
        table.Act(GameAction.Fire); // the gun is not ready
        Assert.Equal([(3, 0)], table.Cells(Shot));
        table.Repeat(GameAction.Left, 5);
        GameTable edge = new Scene { X = 0, Y = 2 }.Table();
        edge.Act(GameAction.Fire);
        Assert.Empty(edge.Cells(Shot));
    }

    [Fact]
    public void Shot_TwoFishInTheCell_TakesTheFirstInOrder()
    {
        Mover[] fish = [new(3, 2, right: false, 0), new(3, 2, right: false, 5)];
        GameTable table = new Scene { X = 4, Y = 2, Fish = fish }.Table();
        Assert.Equal(1, table.Act(GameAction.Fire));
        Assert.Equal([(3, 2)], table.Cells(Fish)); // the second one, which does not move yet
    }

    [Fact]
    public void Shot_FishAndSubInTheCell_TakesTheFish()
    {
        GameTable table = new Scene { X = 4, Y = 2, Fish = [new(3, 2, false, 3)], EnemySubs = [new(3, 2, false, 3, 3)] }.Table();
        Assert.Equal(1, table.Act(GameAction.Fire));
        Assert.Empty(table.Cells(Fish));
        Assert.Equal([(3, 2)], table.Cells(EnemySub));
        Assert.Empty(table.Cells(Shot));
    }

    [Fact]
    public void Shot_EnemyMovesIntoIt_IsHitButStillFires()
    {
        GameTable table = new Scene { X = 9, Y = 5, Shots = [new(5, 2, true)], EnemySubs = [new(7, 2, false, 0, 0)] }.Table();
        Assert.Equal(1, table.Act()); // shot to 6, sub to 6
        Assert.Empty(table.Cells(EnemySub));
        Assert.Empty(table.Cells(Shot));
        Assert.Equal([(5, 2)], table.Cells(EnemyShot)); // fired at 6 and moved in the same step
    }

    [Fact]
    public void Shot_FishMovesIntoIt_IsHit()
    {
        GameTable table = new Scene { X = 9, Y = 5, Shots = [new(5, 2, true)], Fish = [new(7, 2, false, 0)] }.Table();
        Assert.Equal(1, table.Act());
        Assert.Empty(table.Cells(Fish));
    }

    [Fact]
    public void EnemySub_LeavesTheBoard_ItsLastShotIsGoneToo()
    {
        GameTable table = new Scene { EnemySubs = [new(9, 2, true, 0, 0)] }.Table();
        table.Act();
        Assert.Empty(table.Cells(EnemySub));
        Assert.Empty(table.Cells(EnemyShot));
        Assert.Equal(0, table.IntegerAt(4)); // no enemy shot in the state either
    }

    [Fact]
    public void EnemySub_Alone_MovesEverySixAndFiresEveryElevenSteps()
    {
        GameTable table = new Scene { X = 9, Y = 8, SpawnTimer = 20, EnemySubs = [new(2, 2, true, 5, 10)] }.Table();
        table.Repeat(GameAction.NoOp, 5);
        Assert.Equal([(2, 2)], table.Cells(EnemySub));
        Assert.Equal([(1, 2)], table.Cells(Trail));
        table.Act();
        Assert.Equal([(3, 2)], table.Cells(EnemySub));
        table.Repeat(GameAction.NoOp, 4);
        Assert.Empty(table.Cells(EnemyShot));
        table.Act();
        Assert.Equal([(4, 2)], table.Cells(EnemyShot));
    }

    [Theory]
    [InlineData(5)] // stands in the sub's cell before its move
    [InlineData(4)] // comes into it by its move
    public void EnemyShot_BeforeAndAfterItsMove_EndsTheEpisode(int x)
    {
        GameTable table = new Scene { X = 5, Y = 3, EnemyShots = [new(x, 3, true)] }.Table();
        table.Act();
        Assert.True(table.Terminal);
        Assert.Equal([(x + 1, 3)], table.Cells(EnemyShot)); // it stays and has moved
    }

    [Fact]
    public void Enemies_InTheBackOfTheSub_DoNoHarm()
    {
        GameTable table = new Scene { X = 5, Y = 3, Fish = [new(6, 3, false, 3)], EnemyShots = [new(7, 3, false)] }.Table();
        table.Act();
        Assert.False(table.Terminal);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(6, 0)]
    public void Fish_MeetsTheSub_EndsTheEpisodeAndTheStepGoesOn(int x, int moveTimer)
    {
        Scene scene = new() { X = 5, Y = 3, Fish = [new(x, 3, false, moveTimer)], Shots = [new(1, 7, true)], Oxygen = 101 };
        GameTable table = scene.Table();
        table.Act();
        Assert.True(table.Terminal);
        Assert.Equal([(2, 7)], table.Cells(Shot));
        Assert.Equal(5, table.Cells(Oxygen).Length);
    }

    [Fact]
    public void Divers_TwoInTheCellAndOnePlace_TakesTheLastInOrder()
    {
        GameTable table = new Scene { X = 5, Y = 3, DiverCount = 5, Divers = [new(5, 3, true, 0), new(5, 3, true, 4)] }.Table();
        table.Act();
        Assert.Equal([(6, 3)], table.Cells(Diver)); // the first, which was due to move
        Assert.Equal(Enumerable.Range(3, 6).Select(x => (x, 9)), table.Cells(DiverGauge));
    }

    [Fact]
    public void Diver_MovesOntoTheSub_IsTakenAboard()
    {
        GameTable table = new Scene { X = 5, Y = 3, Divers = [new(4, 3, true, 0)] }.Table();
        table.Act();
        Assert.Empty(table.Cells(Diver));
        Assert.Equal([(8, 9)], table.Cells(DiverGauge));
    }

    [Fact]
    public void Divers_WithSixAboard_MoveOn()
    {
        GameTable table = new Scene { X = 5, Y = 3, DiverCount = 6, Divers = [new(5, 3, true, 0), new(9, 2, true, 0)] }.Table();
        table.Act();
        Assert.Equal([(6, 3)], table.Cells(Diver));
        Assert.Equal([(5, 3)], table.Cells(Trail));
    }

    [Theory]
    [InlineData(199, 9)]
    [InlineData(100, 5)]
    [InlineData(1, 0)]
    public void Surface_WithSix_PaysForTheOxygenAndLeavesMinusOne(int oxygen, int reward)
    {
        GameTable table = new Scene { Y = 1, DiverCount = 6, Oxygen = oxygen }.Table();
        Assert.Equal(reward, table.Act(GameAction.Up));
        Assert.False(table.Terminal);
        Assert.Empty(table.Cells(DiverGauge));
        Assert.Equal(10, table.Cells(Oxygen).Length);
        table.Act(GameAction.Down);
        table.Act(GameAction.Up); // with −1: allowed, without reward
        Assert.False(table.Terminal);
    }

    [Fact]
    public void Surface_WithFewer_CostsOneDiver()
    {
        GameTable table = new Scene { Y = 1, DiverCount = 3, Oxygen = 50 }.Table();
        Assert.Equal(0, table.Act(GameAction.Up));
        Assert.Equal([(7, 9), (8, 9)], table.Cells(DiverGauge));
        table.Repeat(GameAction.Right, 3);
        Assert.Equal([(7, 9), (8, 9)], table.Cells(DiverGauge)); // staying there costs none
        Assert.Equal(10, table.Cells(Oxygen).Length);
    }

    [Fact]
    public void Surface_MinusOneAndOneDiver_IsZeroAndEndsTheEpisode()
    {
        GameTable table = new Scene { X = 5, Y = 1, DiverCount = -1, Oxygen = 100, Divers = [new(5, 1, true, 3)] }.Table();
        table.Act();
        table.Act(GameAction.Up);
        Assert.True(table.Terminal);
        Assert.Equal(4, table.Cells(Oxygen).Length); // 99 left: nothing else changed
    }

    [Fact]
    public void Surface_StayingThere_CostsNoOxygen()
    {
        GameTable table = Started();
        table.Repeat(GameAction.Left, 15);
        Assert.Equal(10, table.Cells(Oxygen).Length);
        Assert.False(table.Terminal);
    }

    [Theory]
    [InlineData(true, 0, 19, 5)]
    [InlineData(true, 1, 19, 4)]
    [InlineData(false, 1, 20, 5)]
    public void Surface_WhenRamping_SpeedsUp(bool ramping, int rampIndex, int spawnSpeed, int moveSpeed)
    {
        GameTable table = new Scene { Y = 1, DiverCount = 2, RampIndex = rampIndex, Ramping = ramping }.Table();
        table.Act(GameAction.Up);
        byte[] state = table.State();
        Assert.Equal(spawnSpeed, BitConverter.ToInt32(state, 36)); // five empty lists, then four numbers
        Assert.Equal(moveSpeed, BitConverter.ToInt32(state, 48));
    }

    [Fact]
    public void Oxygen_Below_LastsFor200Steps()
    {
        Scene scene = new() { Y = 3, Oxygen = 1, SpawnTimer = 20 };
        GameTable table = scene.Table();
        table.Act();
        Assert.False(table.Terminal); // 0 left
        table.Act();
        Assert.True(table.Terminal);
        Assert.Empty(table.Cells(Oxygen));
    }

    [Fact]
    public void Oxygen_OutInTheStepOfSurfacing_EndsTheEpisodeWithFullOxygenShown()
    {
        GameTable table = new Scene { Y = 1, Oxygen = 0, DiverCount = 2 }.Table();
        table.Act(GameAction.Up);
        Assert.True(table.Terminal);
        Assert.Equal(10, table.Cells(Oxygen).Length);
        Assert.Equal([(8, 9)], table.Cells(DiverGauge));
    }

    [Fact]
    public void Act_AfterTheEnd_ChangesNothing()
    {
        GameTable table = new Scene { Y = 1, Oxygen = 0 }.Table();
        table.Act();
        byte[] state = table.State();
        Assert.Equal(0, table.Act(GameAction.Fire));
        Assert.Equal(state, table.State());
    }

    private static GameTable Started() => new GameTable(new SeaquestGame(ramping: true), SeaquestGame.Channels).Reset();

    /// <summary>A state below the surface with nothing about, facing left, unless said otherwise.</summary>
    private sealed class Scene
    {
        public int X { get; init; } = 5;
        public int Y { get; init; } = 4;
        public int Oxygen { get; init; } = 150;
        public int DiverCount { get; init; }
        public int SpawnTimer { get; init; } = 15;
        public int RampIndex { get; init; }
        public bool Ramping { get; init; } = true;
        public Mover[] Shots { get; init; } = [];
        public Mover[] EnemyShots { get; init; } = [];
        public Mover[] Fish { get; init; } = [];
        public Mover[] EnemySubs { get; init; } = [];
        public Mover[] Divers { get; init; } = [];

        public GameTable Table() => new GameTable(new SeaquestGame(Ramping), SeaquestGame.Channels).Load(
            Shots, EnemyShots, Fish, EnemySubs, Divers, X, Y, Oxygen, DiverCount, 20, SpawnTimer, 25, 5, RampIndex, 0,
            X == 9, false, false); // at the right edge the sub can only face right
    }
}
