namespace Gala.Networks.Tests;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_AnyUpdate_IsTheSame()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Constant(7e-4);
        Assert.Equal((7e-4, 7e-4), (schedule.At(0), schedule.At(long.MaxValue)));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 6)]
    [InlineData(2, 4)]
    [InlineData(4, 0)]
    [InlineData(5, 0)]
    public void LinearToZero_HandWorked_IsExact(long updates, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.LinearToZero(8, totalUpdates: 4).At(updates));

    [Fact]
    public void Until_MoreUpdates_FallsTo0LaterAndNeverSooner()
    {
        LearningRateSchedule schedule = LearningRateSchedule.LinearToZero(8, totalUpdates: 4).Until(16);
        Assert.Equal((7, 4, 0), (schedule.At(2), schedule.At(8), schedule.At(16)));
        Assert.Equal(4, schedule.Until(10).At(8));
        Assert.Equal(8, LearningRateSchedule.Constant(8).Until(16).At(15));
    }

    [Fact]
    public void Creation_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.LinearToZero(double.PositiveInfinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.LinearToZero(1, 0));
    }
}
