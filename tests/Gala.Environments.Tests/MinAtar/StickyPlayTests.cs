using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

public class StickyPlayTests
{
    private readonly ScriptedRandomSource _random = new();
    private readonly float[] _observation = new float[400];

    [Fact]
    public void Act_DrawBelowTheProbability_RepeatsTheActionReallyPlayed()
    {
        StickyPlay play = Started(0.1);
        Assert.Equal(5, PaddleAfter(play, GameAction.Right, draw: 0.1)); // 0.1 < 0.1 is false
        Assert.Equal(6, PaddleAfter(play, GameAction.Left, draw: 0.09)); // sticks to right
        Assert.Equal(7, PaddleAfter(play, GameAction.Left, draw: 0)); // the action remembered is the one played, not the one asked for
        Assert.Equal(6, PaddleAfter(play, GameAction.Left, draw: 0.5));
    }

    [Fact]
    public void Act_First_SticksToNoOp()
    {
        StickyPlay play = Started(0.1);
        Assert.Equal(4, PaddleAfter(play, GameAction.Right, draw: 0.05));
    }

    [Fact]
    public void Act_ProbabilityZeroOrOver_StillDraws()
    {
        StickyPlay play = Started(0);
        for (int i = 0; i < 6; i++)
        {
            PaddleAfter(play, GameAction.NoOp, draw: 0);
        }

        Assert.True(play.Terminal);
        PaddleAfter(play, GameAction.Right, draw: 0);
        Assert.Equal(0, _random.Left);
    }

    [Fact]
    public void Reset_LastAction_Survives()
    {
        StickyPlay play = Started(0.1);
        PaddleAfter(play, GameAction.Right, draw: 0.9);
        _random.Integer(0, 2, 0);
        play.Reset();
        Assert.Equal(5, PaddleAfter(play, GameAction.Left, draw: 0.01));
    }

    private StickyPlay Started(double stickyProbability)
    {
        StickyPlay play = new(new BreakoutGame(), stickyProbability, _random);
        _random.Integer(0, 2, 0);
        play.Reset();
        return play;
    }

    private int PaddleAfter(StickyPlay play, GameAction action, double draw)
    {
        _random.Uniform(draw);
        play.Act((int)action);
        play.Observe(_observation);
        return Enumerable.Range(0, 10).Single(x => _observation[(90 + x) * 4] == 1);
    }
}
