namespace Gala.Environments.Tests;

public class DisposalTests
{
    [Fact]
    public void Wrapper_Disposed_DisposesWhatItWraps()
    {
        Disposed[] inner = [new(), new(), new()];
        new TimeLimit(inner[0], 3).Dispose();
        new EnvironmentDelay(inner[1], StepTimes.Exponential(TimeSpan.Zero), waits: false).Dispose();
        new UnionEnvironment(new TimeLimit(inner[2], 3), new UnionFormat([inner[2].Spec])).Dispose();
        Assert.Equal([1, 1, 1], inner.Select(one => one.Times));
        new TimeLimit(new Counter(), 3).Dispose(); // which holds nothing
    }

    [Fact]
    public void Batch_DisposedTwiceFromTwoThreads_DisposesEachEnvironmentOnce()
    {
        Disposed[] environments = [new(), new(), new()];
        SimulatorBatch batch = new([environments[0], new Counter(), environments[1], environments[2]], seed: 1);
        Thread other = new(batch.Dispose);
        other.Start();
        batch.Dispose();
        other.Join();
        Assert.Equal([1, 1, 1], environments.Select(one => one.Times));
    }

    [Fact]
    public void Batch_SomeThrowWhenDisposed_DisposesAllAndThrowsTheFirstInOneLine()
    {
        Disposed[] environments = [new(), new(throws: true), new(), new(throws: true), new()];
        SimulatorBatch batch = new(environments, seed: 1);
        EnvironmentException exception = Assert.Throws<EnvironmentException>(batch.Dispose);
        Assert.Equal("Environment 'test/counter' threw when it was disposed: the socket is gone", exception.Message);
        Assert.IsType<IOException>(exception.InnerException);
        Assert.All(environments, environment => Assert.Equal(1, environment.Times));
        batch.Dispose();
    }

    [Fact]
    public void Batch_SomeThrowAndSomebodyListens_TellsOfEachAndThrowsNothing()
    {
        List<EnvironmentException> heard = [];
        Disposed[] environments = [new(throws: true), new(), new(throws: true)];
        new SimulatorBatch(environments, seed: 1) { NotDisposed = heard.Add }.Dispose();
        Assert.Equal(2, heard.Count);
        Assert.All(environments, environment => Assert.Equal(1, environment.Times));
    }

    [Fact]
    public void Registry_AskedForASpec_DisposesWhatItMadeForThat()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        Assert.Equal(3, registry.SpecOf("test/one").Actions);
        _ = registry.SpecOf("test/one:limit=3,test/two");
        Assert.Equal([1, 1, 1], made.Select(one => one.Times));
    }

    [Fact]
    public void Registry_MakesTheFirstOfSeveral_DisposesTheOthers()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        _ = registry.Create("test/one,test/two");
        Assert.Equal([0, 1], made.Select(one => one.Times));
    }

    [Fact]
    public void Set_AskedForItsSpec_HandsThatEnvironmentOutFirstAndMakesTheOthers()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        using (EnvironmentSet set = new("test/one", registry))
        {
            Assert.Same(set.Spec, set.Spec);
            IEnvironment[] environments = [set.Create(3), set.Create(4)];
            Assert.Equal(made, environments);
        }

        Assert.Equal([0, 0], made.Select(one => one.Times));
    }

    [Fact]
    public void Set_OfSeveral_HandsOutWhatItMadeForTheFormatAndDisposesTheRest()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        using (EnvironmentSet set = new("test/one,test/two,test/one:limit=2", registry))
        {
            _ = set.Create(1);
            Assert.Equal(3, made.Count);
            _ = set.Create(4);
            Assert.Equal(4, made.Count);
        }

        Assert.Equal([1, 0, 1, 0], made.Select(one => one.Times));
    }

    [Fact]
    public void Set_NoCommonFormat_DisposesWhatItMade()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        Assert.Throws<ArgumentException>(() => new EnvironmentSet("test/one,minatar/breakout", registry));
        Assert.Equal([1], made.Select(one => one.Times));
    }

    [Fact]
    public void Batch_OneOfItsEnvironmentsCannotBeMade_DisposesThoseBefore()
    {
        (EnvironmentRegistry registry, List<Disposed> made) = Registry();
        Assert.ThrowsAny<Exception>(() => SimulatorBatch.Create("test/one", 4, seed: 1, registry: registry)); // there are no more than three
        Assert.Equal([1, 1, 1], made.Select(one => one.Times));
    }

    private static (EnvironmentRegistry Registry, List<Disposed> Made) Registry()
    {
        EnvironmentRegistry registry = new();
        List<Disposed> made = [];
        registry.Register("test/one", () => Make(most: 3));
        registry.Register("test/two", () => Make(most: int.MaxValue));
        registry.Register(EnvironmentRegistry.Default.List().First(entry => entry.Id == "minatar/breakout"));
        return (registry, made);

        IEnvironment Make(int most)
        {
            Disposed environment = made.Count < most ? new() : throw new InvalidOperationException("no more of them");
            made.Add(environment);
            return environment;
        }
    }
}
