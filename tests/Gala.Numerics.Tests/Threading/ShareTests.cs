namespace Gala.Numerics.Tests.Threading;

public class ShareTests
{
    [Theory]
    [InlineData(80, 1)]
    [InlineData(81, 8)]
    [InlineData(7, 8)]
    [InlineData(0, 4)]
    [InlineData(int.MaxValue, 16)]
    public void Of_AllShares_FollowEachOtherAndFillTheRange(int length, int unit)
    {
        for (int count = 1; count <= 7; count++)
        {
            int end = 0;
            for (int index = 0; index < count; index++)
            {
                (int first, int part) = new Share(index, count).Of(length, unit);
                Assert.Equal(end, first);
                Assert.True(first == length || first % unit == 0, $"share {index} of {count} starts at {first}");
                Assert.True(Math.Abs((part / (double)unit) - (length / (double)unit / count)) < 2, $"share {index} of {count} has {part}");
                end = first + part;
            }

            Assert.Equal(length, end);
        }
    }

    [Fact]
    public void Of_36In8sForTwo_Is16And20()
    {
        Assert.Equal((0, 16), new Share(0, 2).Of(36, unit: 8));
        Assert.Equal((16, 20), new Share(1, 2).Of(36, unit: 8));
    }
}
