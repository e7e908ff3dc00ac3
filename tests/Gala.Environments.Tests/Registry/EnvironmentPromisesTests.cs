using Gala.Numerics;

namespace Gala.Environments.Tests;

/// <summary>Environments that cannot be made or break a promise are refused by name, in one line, and disposed.</summary>
public class EnvironmentPromisesTests
{
    private static readonly EnvironmentSpec Good = new() { Id = "test/strange", Observation = TensorShape.Vector(2), Actions = 3 };

    public static TheoryData<string, EnvironmentSpec?> ImpossibleSpecs => new()
    {
        { "its Spec is null", null },
        { "Id", Good with { Id = null! } },
        { "Id", Good with { Id = "" } },
        { "0x0x0", Good with { Observation = default } },
        { "4x0x3", Good with { Observation = new TensorShape(4, 0, 3) } },
        { "-1x2x3", Good with { Observation = new TensorShape(-1, 2, 3) } },
        { "too large", Good with { Observation = new TensorShape(100_000, 100_000, 3) } },
        { "Actions of its Spec are 0", Good with { Actions = 0 } },
        { "FrameSkip of its Spec is 0", Good with { FrameSkip = 0 } },
        { "ActionNames", Good with { ActionNames = null! } },
        { "ActionNames", Good with { ActionNames = ["left", null!, "right"] } },
        { "ChannelNames", Good with { ChannelNames = [null!, "ball"] } },
        { "ChannelNames", Good with { ChannelNames = null! } },
    };

    [Theory]
    [MemberData(nameof(ImpossibleSpecs))]
    public void Create_SpecThatCannotBe_NamesTheEnvironmentAndWhatIsWrong(string what, EnvironmentSpec? spec)
    {
        Strange strange = new(() => spec!);
        AssertRefused(Registry(() => strange), what);
        Assert.True(strange.IsDisposed);
    }

    [Fact]
    public void Create_SpecIsAnotherObjectAtEveryCall_IsRefused() =>
        AssertRefused(Registry(() => new Strange(() => Good with { })), "another object at every call");

    [Fact]
    public void Create_SpecThrows_IsRefused() =>
        AssertRefused(Registry(() => new Strange(() => throw new IOException("no level\nfile"))), "asked for its Spec: no level file");

    [Fact]
    public void Create_FactoryThrows_NamesTheEnvironmentAndTheReason()
    {
        EnvironmentException exception = AssertRefused(Registry(() => throw new ArgumentException("no port left", "port")), "cannot be made: no port left");
        Assert.EndsWith("left", exception.Message, StringComparison.Ordinal); // without the parameter's name
        Assert.IsType<ArgumentException>(exception.InnerException);
    }

    [Fact]
    public void Create_FactoryGivesNull_IsRefused() => AssertRefused(Registry(() => null!), "its factory gave null");

    [Fact]
    public void Create_BadOption_IsStillAnArgumentException()
    {
        int made = 0;
        EnvironmentRegistry registry = new();
        registry.Register(new EnvironmentEntry
        {
            Id = "test/strange",
            Summary = "",
            Options = [new EnvironmentOption("size", "1 to 9", "1", "")],
            Create = settings =>
            {
                _ = settings.WholeNumber("size", 1, 1, 9);
                made++;
                return new Counter();
            },
        });
        Assert.Throws<ArgumentException>(() => registry.Create("test/strange:size=10"));
        Assert.Throws<ArgumentException>(() => registry.Create("test/strange:delay=often"));
        Assert.Throws<ArgumentException>(() => registry.Create("test/strange:limit=0"));
        Assert.Equal(0, made); // nothing is made that would have to be disposed
    }

    [Theory]
    [InlineData("3 actions")]
    [InlineData("observations of 4")]
    [InlineData("frame skip of 2")]
    [InlineData("actions of other names")]
    [InlineData("channels of other names")]
    public void Create_ALaterEnvironmentDiffersFromTheFirst_NamesItsSimulatorAndTheDifference(string what)
    {
        EnvironmentSpec first = Good with { Actions = 2, ActionNames = ["a", "b"], ChannelNames = ["x", "y"] };
        EnvironmentSpec other = what switch
        {
            "3 actions" => first with { Actions = 3 },
            "observations of 4" => first with { Observation = TensorShape.Vector(4) },
            "frame skip of 2" => first with { FrameSkip = 2 },
            "actions of other names" => first with { ActionNames = ["b", "a"] },
            _ => first with { ChannelNames = [] },
        };
        List<Strange> made = [];
        EnvironmentRegistry registry = Registry(() =>
        {
            EnvironmentSpec spec = made.Count < 5 ? first : other;
            made.Add(new Strange(() => spec));
            return made[^1];
        });
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => SimulatorBatch.Create("test/strange", 8, seed: 1, 16, registry));
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.Contains("'test/strange': the one for simulator 21 ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(6, made.Count);
        Assert.All(made, one => Assert.True(one.IsDisposed));
    }

    [Theory]
    [InlineData("test/strange")]
    [InlineData("test/strange:limit=3:delay=exponential/1us")]
    [InlineData("test/strange,test/strange:limit=4")]
    public void Reset_SpecHasBecomeAnotherObject_IsRefused(string reference)
    {
        EnvironmentSpec spec = Good;
        SimulatorBatch batch = SimulatorBatch.Create(reference, 2, seed: 1, registry: Registry(() => new Strange(() => spec)));
        float[] observations = new float[2 * batch.Spec.Observation.Length];
        batch.Reset(observations);
        spec = Good with { };
        Assert.Contains("'test/strange'", Assert.Throws<EnvironmentException>(() => batch.Reset(observations)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_FrameSkipsDiffer_IsRefused()
    {
        EnvironmentSpec other = Good with { FrameSkip = 2 };
        Assert.Throws<ArgumentException>(() => new SimulatorBatch([new Strange(() => Good), new Strange(() => other)], seed: 1));
    }

    private static EnvironmentRegistry Registry(Func<IEnvironment> create)
    {
        EnvironmentRegistry registry = new();
        registry.Register("test/strange", create);
        return registry;
    }

    private static EnvironmentException AssertRefused(EnvironmentRegistry registry, string what)
    {
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => registry.Create("test/strange:limit=3"));
        Assert.StartsWith("Environment 'test/strange:limit=3'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Throws<EnvironmentException>(() => registry.SpecOf("test/strange:limit=3"));
        return exception;
    }

    private sealed class Strange(Func<EnvironmentSpec> spec) : IEnvironment, IDisposable
    {
        public EnvironmentSpec Spec => spec();

        public bool IsDisposed { get; private set; }

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => new(0, false, false);

        public void Dispose() => IsDisposed = true;
    }
}
