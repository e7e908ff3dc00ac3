using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests;

public class EnvironmentRegistryTests
{
    [Fact]
    public void List_Default_HasTheBuiltInEnvironmentsInOrder()
    {
        IReadOnlyList<EnvironmentEntry> entries = EnvironmentRegistry.Default.List();
        Assert.Equal(
            [
                "classic/cartpole",
                "memory/cue",
                "minatar/asterix",
                "minatar/breakout",
                "minatar/freeway",
                "minatar/seaquest",
                "minatar/space_invaders",
            ],
            entries.Select(entry => entry.Id));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Summary));
        Assert.Equal(["sticky", "ramping", "actions", "limit", "delay"], entries[2].Options.Select(option => option.Name));
        Assert.Equal(["length", "limit", "delay"], entries[1].Options.Select(option => option.Name));
        Assert.Equal(["limit", "delay"], entries[0].Options.Select(option => option.Name));
    }

    [Fact]
    public void Create_EveryEntry_HasItsIdAndPlays()
    {
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Default.List())
        {
            IEnvironment environment = EnvironmentRegistry.Default.Create(entry.Id);
            float[] observation = new float[environment.Spec.Observation.Length];
            environment.Reset(1, observation);
            environment.Step(environment.Spec.Actions - 1, observation);
            Assert.Equal(entry.Id, environment.Spec.Id);
        }
    }

    [Fact]
    public void Create_WithOptions_AppliesThem()
    {
        IEnvironment environment = EnvironmentRegistry.Default.Create("minatar/breakout:actions=minimal:sticky=0:ramping=false:limit=2");
        Assert.Equal(3, environment.Spec.Actions);
        Assert.IsType<TimeLimit>(environment);
        float[] observation = new float[400];
        environment.Reset(1, observation);
        environment.Step(0, observation);
        Assert.True(environment.Step(0, observation).Truncated);
        Assert.IsType<MinAtarEnvironment>(EnvironmentRegistry.Default.Create("minatar/breakout"));
    }

    [Fact]
    public void Create_StickyOne_NeverLeavesNoOp()
    {
        IEnvironment environment = EnvironmentRegistry.Default.Create("minatar/breakout:sticky=1");
        float[] observation = new float[400];
        environment.Reset(1, observation);
        environment.Step(1, observation);
        Assert.Equal(1, observation[94 * 4]); // the paddle has not moved
    }

    [Fact]
    public void Create_CartPoleLimit_IsItsOwn()
    {
        IEnvironment environment = EnvironmentRegistry.Default.Create("classic/cartpole:limit=1");
        float[] observation = new float[4];
        environment.Reset(1, observation);
        Assert.True(environment.Step(0, observation).Truncated);
    }

    [Theory]
    [InlineData("minatar/breakuot", "Did you mean 'minatar/breakout'?")]
    [InlineData("breakout", "Did you mean 'minatar/breakout'?")]
    [InlineData("MinAtar/Seaquest", "Did you mean 'minatar/seaquest'?")]
    [InlineData("cartpol", "Did you mean 'classic/cartpole'?")]
    [InlineData("doom", "Unknown environment 'doom'. Registered are classic/cartpole, memory/cue, minatar/asterix, ")]
    [InlineData("minatar/breakout:stick=0.1", "no option 'stick'. Did you mean 'sticky'?")]
    [InlineData("minatar/breakout:colour=red", "It has sticky, ramping, actions, limit, delay.")]
    [InlineData("minatar/breakout:sticky=2", "sticky must be a number from 0 to 1, not '2'")]
    [InlineData("minatar/breakout:sticky=NaN", "sticky must be a number from 0 to 1")]
    [InlineData("minatar/breakout:sticky=0,1", "Unknown environment '1'")]
    [InlineData("minatar/breakout:ramping=yes", "ramping must be true or false, not 'yes'")]
    [InlineData("minatar/breakout:actions=few", "actions must be full or minimal, not 'few'")]
    [InlineData("minatar/breakout:limit=0", "limit must be a whole number from 1")]
    [InlineData("classic/cartpole:limit=x", "limit must be a whole number from 1")]
    [InlineData("classic/cartpole:delay=2ms", "delay must be exponential/MEAN, gamma/SHAPE/MEAN or recorded/FILE, with a MEAN such as 2ms, not '2ms'")]
    [InlineData("classic/cartpole:delay=exponential/2", "with a MEAN such as 2ms, not 'exponential/2'")]
    [InlineData("classic/cartpole:delay=gamma/0/2ms", "not 'gamma/0/2ms'")]
    [InlineData("classic/cartpole:delay=recorded/nowhere.txt", "there is no file 'nowhere.txt', as seen from the working directory")]
    public void Create_Mistake_ThrowsOneLineWithTheMend(string reference, string mend)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Default.Create(reference));
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Register_OwnEnvironment_IsOneLine()
    {
        EnvironmentRegistry registry = new();
        registry.Register("mine/counter", () => new Counter());
        Assert.IsType<Counter>(registry.Create("mine/counter"));
        Assert.IsType<TimeLimit>(registry.Create("mine/counter:limit=7"));
        Assert.Throws<ArgumentException>(() => registry.Register("mine/counter", () => new Counter()));
        Assert.Throws<ArgumentException>(() => registry.Register("mine counter", () => new Counter()));
    }

    [Fact]
    public async Task Register_FromManyThreads_KeepsAll()
    {
        EnvironmentRegistry registry = new();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                registry.Register($"t{thread}/e{i}", () => new Counter());
                Assert.NotNull(registry.Create($"t{thread}/e{i}"));
            }
        })));
        Assert.Equal(400, registry.List().Count);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("abc", "", 3)]
    [InlineData("ABC", "abc", 0)]
    public void Distance_KnownPairs_AreLevenshteins(string first, string second, int distance)
    {
        Assert.Equal(distance, NearMiss.Distance(first, second));
        Assert.Equal(distance, NearMiss.Distance(second, first));
    }
}
