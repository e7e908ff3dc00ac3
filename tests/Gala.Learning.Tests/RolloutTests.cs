namespace Gala.Learning.Tests;

public sealed class RolloutTests
{
    [Fact]
    public void RowsOf_EachStep_CoversTheBuffersInOrder()
    {
        Rollout rollout = new(steps: 3, simulators: 4);
        Assert.Equal([0..4, 4..8, 8..12], Enumerable.Range(0, 3).Select(rollout.RowsOf));
        Assert.Equal(12, rollout.Length);
        Assert.Equal(4, rollout.BootstrapValues.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void RowsOf_StepOutside_Throws(int step) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rollout(3, 4).RowsOf(step));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Rollout_WithoutStepsOrSimulators_Throws(int steps, int simulators) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rollout(steps, simulators));
}
