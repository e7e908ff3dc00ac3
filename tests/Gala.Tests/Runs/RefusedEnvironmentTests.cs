using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Environments that no run can be built on are refused by name before anything is trained.</summary>
public sealed class RefusedEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentLedger _ledger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", 0)]
    [InlineData("gala", 4)]
    [InlineData("a2c", 4)]
    [InlineData("a3c", 4)]
    [InlineData("impala", 4)]
    [InlineData("hts", 4)]
    public void Start_AnEnvironmentCannotBeMade_SaysWhichAndWhy(string architecture, int number)
    {
        _ledger.Making = one => _ = one == number ? throw new InvalidOperationException("no port\nleft") : 0;

        EnvironmentException exception = AssertRefused(Eight(architecture));

        Assert.Equal($"Environment '{_ledger.Id}' cannot be made: no port left", exception.Message);
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("impala")]
    [InlineData("hts")]
    public void Start_LaterEnvironmentsHaveMoreActions_IsRefusedBeforeTraining(string architecture)
    {
        _ledger.Spec = number => new EnvironmentSpec { Id = "tests/ledger", Observation = TensorShape.Vector(3), Actions = number < 5 ? 2 : 3 };

        EnvironmentException exception = AssertRefused(Eight(architecture));

        Assert.Contains("simulator 5 has 3 actions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_AgentsOfAnotherFrameSkip_AreRefused()
    {
        _ledger.Spec = number => new EnvironmentSpec
        {
            Id = "tests/ledger",
            Observation = TensorShape.Vector(3),
            Actions = 2,
            FrameSkip = number < 2 ? 4 : 1, // one agent has the first two
        };

        Assert.Contains("frame skip", AssertRefused(_ledger.Run("gala", _folder["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_EnvironmentWithoutActions_IsRefused()
    {
        _ledger.Spec = number => new EnvironmentSpec { Id = "tests/ledger", Observation = TensorShape.Vector(3), Actions = 0 };

        Assert.Contains("Actions", AssertRefused(_ledger.Run("gala", _folder["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_AnEnvironmentCannotBeMade_SaysWhichAndWhyAndCanBeResumedLater()
    {
        _ = TrainingRun.Start(_ledger.Run("a2c", _folder["run"]), [], CancellationToken.None);
        _ledger.Clear();
        _ledger.Making = number => _ = number == 3 ? throw new InvalidOperationException("no port left") : 0;

        Assert.Throws<EnvironmentException>(() => TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None));
        _ledger.Making = _ => { };

        Assert.Equal(800, TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None).Summary.Frames);
    }

    private RunOptions Eight(string architecture) =>
        _ledger.Run(architecture, _folder["run"]) with { Simulators = architecture == "hts" ? 8 : 4 };

    private EnvironmentException AssertRefused(RunOptions options)
    {
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => TrainingRun.Start(options, [], CancellationToken.None));
        Assert.StartsWith($"Environment '{_ledger.Id}'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.All(_ledger.Entries, entry => Assert.Equal((0, 1), (entry.Actions.Count, entry.Disposals)));
        return exception;
    }
}
