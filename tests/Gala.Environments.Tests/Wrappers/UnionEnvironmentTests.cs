namespace Gala.Environments.Tests;

public class UnionEnvironmentTests
{
    private const string Games = "minatar/asterix,minatar/breakout,minatar/freeway,minatar/seaquest,minatar/space_invaders";

    [Theory]
    [InlineData(0, "minatar/asterix")]
    [InlineData(1, "minatar/breakout")]
    [InlineData(2, "minatar/freeway")]
    [InlineData(3, "minatar/seaquest")]
    [InlineData(4, "minatar/space_invaders")]
    public void Step_AnyGame_PlaysAsAloneWithItsPlanesByNameAndTheOthersZero(int index, string alone)
    {
        IEnvironment union = new EnvironmentSet(Games).Create(index);
        IEnvironment own = EnvironmentRegistry.Default.Create(alone);
        float[] seen = new float[union.Spec.Observation.Length];
        float[] expected = new float[own.Spec.Observation.Length];
        union.Reset(7, seen);
        own.Reset(7, expected);
        Random random = new(3);
        for (int step = 0; step < 400; step++)
        {
            AssertHolds(union.Spec, seen, own.Spec, expected);
            int action = random.Next(6);
            Array.Fill(seen, 5); // whatever the caller's memory held
            StepResult result = union.Step(action, seen);
            Assert.Equal(own.Step(action, expected), result);
            if (result.IsOver)
            {
                AssertHolds(union.Spec, seen, own.Spec, expected);
                union.Reset(seen);
                own.Reset(expected);
            }
        }
    }

    [Fact]
    public void Step_ActionOfAnother_IsActionZero()
    {
        IEnvironment union = new EnvironmentSet("minatar/breakout:actions=minimal:sticky=0,minatar/freeway:actions=minimal").Create(0);
        IEnvironment own = EnvironmentRegistry.Default.Create("minatar/breakout:actions=minimal:sticky=0");
        Assert.Equal(["no-op", "left", "right", "up", "down"], union.Spec.ActionNames);
        float[] seen = new float[union.Spec.Observation.Length];
        float[] expected = new float[own.Spec.Observation.Length];
        union.Reset(7, seen);
        own.Reset(7, expected);
        foreach ((int action, int taken) in ((int, int)[])[(1, 1), (3, 0), (2, 2), (4, 0)])
        {
            union.Step(action, seen);
            own.Step(taken, expected);
            AssertHolds(union.Spec, seen, own.Spec, expected);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => union.Step(5, seen));
        Assert.Throws<ArgumentOutOfRangeException>(() => union.Step(-1, seen));
    }

    [Fact]
    public void SaveState_InnerNotResumable_Throws()
    {
        Counter counter = new();
        UnionEnvironment union = new(counter, new UnionFormat([counter.Spec]));
        Assert.False(Resumability.Of(union));
        Assert.Throws<NotSupportedException>(() => SavedState.Of(union));
    }

    private static void AssertHolds(EnvironmentSpec union, float[] seen, EnvironmentSpec own, float[] expected)
    {
        for (int i = 0; i < seen.Length; i++)
        {
            (int cell, int channel) = Math.DivRem(i, union.Observation.Channels);
            int ownChannel = own.ChannelNames.ToList().IndexOf(union.ChannelNames[channel]);
            Assert.Equal(ownChannel < 0 ? 0 : expected[(cell * own.Observation.Channels) + ownChannel], seen[i]);
        }
    }
}
