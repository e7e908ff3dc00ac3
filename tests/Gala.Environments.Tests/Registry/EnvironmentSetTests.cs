using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests;

public class EnvironmentSetTests
{
    [Fact]
    public void Create_Several_AreTakenInTurnInOneFormat()
    {
        EnvironmentSet set = new("minatar/asterix, minatar/breakout:sticky=0,minatar/freeway");
        Assert.Equal(3, set.Count);
        Assert.Equal("minatar/breakout:sticky=0", set.References[1].ToString());
        IEnvironment[] environments = [.. Enumerable.Range(0, 5).Select(set.Create)];
        Assert.Equal(
            ["minatar/asterix", "minatar/breakout", "minatar/freeway", "minatar/asterix", "minatar/breakout"],
            environments.Select(environment => environment.Spec.Id));
        Assert.Single(environments.Select(environment => environment.Spec.Observation).Distinct());
        Assert.NotSame(environments[0], environments[3]);
    }

    [Fact]
    public void Create_One_IsNotWrapped()
    {
        Assert.IsType<MinAtarEnvironment>(new EnvironmentSet("minatar/asterix").Create(3));
        Assert.IsType<MinAtarEnvironment>(EnvironmentRegistry.Default.Create("minatar/asterix"));
    }

    [Fact]
    public void RegistryCreate_Several_IsTheFirstInTheCommonFormat()
    {
        EnvironmentSpec spec = EnvironmentRegistry.Default.Create("minatar/breakout,minatar/asterix").Spec;
        Assert.Equal("minatar/breakout", spec.Id);
        Assert.Equal(["paddle", "ball", "trail", "brick", "player", "enemy", "gold"], spec.ChannelNames);
    }

    [Theory]
    [InlineData("minatar/asterix,", "the id must be")]
    [InlineData("minatar/asterix,minatar/breakuot", "Did you mean 'minatar/breakout'?")]
    [InlineData("minatar/asterix:sticky=0,minatar/asterix:sticky=0", "'minatar/asterix:sticky=0' is given twice; give it once")]
    [InlineData("minatar/asterix,classic/cartpole", "10x10x4 and 4, differ in height or width")]
    public void Set_Malformed_ThrowsOneLineWithTheMend(string references, string mend)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new EnvironmentSet(references));
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
