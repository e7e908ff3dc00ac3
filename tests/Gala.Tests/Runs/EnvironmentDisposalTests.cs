using Gala.Environments;
using Gala.Measuring;
using Gala.Numerics;
using Gala.Reproductions;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Whatever environments a run makes, it disposes them, each once, however it ends.</summary>
public sealed class EnvironmentDisposalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentLedger _ledger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", "")]
    [InlineData("a2c", ":limit=3")]
    [InlineData("a3c", ":delay=exponential/1us")]
    [InlineData("impala", ":limit=3:delay=exponential/1us")]
    [InlineData("hts", "")]
    public void Run_Ends_HasMadeAsManyEnvironmentsAsSimulatorsAndDisposedThem(string architecture, string settings)
    {
        RunOptions options = _ledger.Run(architecture, _folder["run"]);

        Assert.False(TrainingRun.Start(options with { Environment = _ledger.Id + settings }, [], CancellationToken.None).Interrupted);

        AssertDisposed(made: 4);
        _ledger.Clear();
        Assert.False(TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None).Interrupted);
        AssertDisposed(made: 4);
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("impala")]
    [InlineData("hts")]
    public void Run_IsInterrupted_DisposesEveryEnvironment(string architecture)
    {
        RunOptions options = _ledger.Run(architecture, _folder["run"]) with { Frames = 1_000_000_000 };

        Assert.True(TrainingRun.Start(options, [], new CancellationToken(canceled: true)).Interrupted);

        AssertDisposed(made: 4);
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("impala")]
    [InlineData("hts")]
    public void Run_Fails_DisposesEveryEnvironment(string architecture)
    {
        _ledger.Stepping = _ => throw new InvalidOperationException("on fire");

        Assert.Throws<TrainingFailedException>(() => TrainingRun.Start(_ledger.Run(architecture, _folder["run"]), [], CancellationToken.None));

        AssertDisposed(made: 4);
    }

    [Fact]
    public void Run_OneAgentFailsAndTheOthersGoOn_DisposesItsEnvironmentsToo()
    {
        _ledger.Stepping = number => _ = number == 1 ? throw new InvalidOperationException("on fire") : 0;

        Assert.Single(TrainingRun.Start(_ledger.Run("gala", _folder["run"]), [], CancellationToken.None).Summary.FailedAgents);

        AssertDisposed(made: 4);
    }

    [Fact]
    public void Start_OptionsAreRefused_DisposesTheEnvironmentThatWasAsked()
    {
        RunOptions options = _ledger.Run("a2c", _folder["run"]) with { Frames = 1 };

        Assert.Throws<InvalidOptionsException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        AssertDisposed(made: 1);
    }

    [Fact]
    public void Start_FolderIsRefused_DisposesTheEnvironmentThatWasAsked()
    {
        _folder.Write("mine.txt", [1]);

        Assert.Throws<InvalidRunException>(() => TrainingRun.Start(_ledger.Run("a2c", _folder.Path), [], CancellationToken.None));

        AssertDisposed(made: 1);
    }

    [Fact]
    public void Resume_CheckpointDoesNotFit_DisposesEveryEnvironment()
    {
        _ = TrainingRun.Start(_ledger.Run("a2c", _folder["run"]), [], CancellationToken.None);
        _ledger.Clear();
        _ledger.Spec = _ => new EnvironmentSpec { Id = "tests/ledger", Observation = TensorShape.Vector(4), Actions = 2 };

        Assert.Throws<InvalidRunException>(() => TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None));

        AssertDisposed(made: 1); // which was made to know what the run plays
    }

    [Theory]
    [InlineData("gala")]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("impala")]
    [InlineData("hts")]
    public void Start_ALaterEnvironmentCannotBeMade_DisposesThoseBeforeIt(string architecture)
    {
        _ledger.Making = number => _ = number == 3 ? throw new InvalidOperationException("no port left") : 0;

        Assert.ThrowsAny<Exception>(() => TrainingRun.Start(_ledger.Run(architecture, _folder["run"]), [], CancellationToken.None));

        AssertDisposed(made: 3);
    }

    [Theory]
    [InlineData("gala", 2)]
    [InlineData("hts", 4)]
    public void Run_SeveralEnvironments_MakesOneASimulatorOfEach(string architecture, int each)
    {
        EnvironmentLedger other = new();
        RunOptions options = _ledger.Run(architecture, _folder["run"]) with { Simulators = 2 * each / (architecture == "hts" ? 1 : 2) };

        _ = TrainingRun.Start(options with { Environment = $"{_ledger.Id},{other.Id}:limit=4" }, [], CancellationToken.None);

        AssertDisposed(each);
        Assert.Equal(each, other.Entries.Count(entry => entry.Disposals == 1));
    }

    [Fact]
    public void Run_FewerSimulatorsThanEnvironments_DisposesThoseThatNobodyPlays()
    {
        EnvironmentLedger other = new();
        RunOptions options = _ledger.Run("a2c", _folder["run"]) with { Agents = 1, Simulators = 1 };

        _ = TrainingRun.Start(options with { Environment = $"{_ledger.Id},{other.Id}" }, [], CancellationToken.None);

        AssertDisposed(made: 1);
        Assert.Equal(1, Assert.Single(other.Entries).Disposals);
        Assert.Empty(other.Entries[0].Seeds);
    }

    [Fact]
    public void Run_AnEnvironmentThrowsWhenItIsDisposed_DisposesTheOthersAndSaysSo()
    {
        _ledger.Disposing = number => _ = number == 1 ? throw new InvalidOperationException("the process\ndid not end") : 0;

        TrainingOutcome outcome = TrainingRun.Start(_ledger.Run("gala", _folder["run"]), [], CancellationToken.None);

        Assert.Equal(400, outcome.Summary.Frames);
        AssertDisposed(made: 4);
        string line = Assert.Single(File.ReadLines(_folder["run/log.txt"]), line => line.Contains("did not end", StringComparison.Ordinal));
        Assert.Contains("tests/ledger", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_AtRandom_DisposesItsEnvironment()
    {
        _ = RandomBaseline.Play(_ledger.Id, episodes: 3, seed: 1);

        AssertDisposed(made: 1);
    }

    [Fact]
    public void Benchmark_OfTraining_DisposesEveryEnvironment()
    {
        RunOptions options = _ledger.Run("a2c", _folder["run"]) with { Run = null };

        _ = TrainingBenchmark.Run(options, [2], TimeSpan.FromMilliseconds(1), TimeSpan.Zero);

        AssertDisposed(made: 5); // one for its spec
    }

    [Fact]
    public void Benchmark_OfEnvironments_DisposesEveryEnvironment()
    {
        EnvironmentRegistry registry = new();
        registry.Register(EnvironmentRegistry.Default.List().First(entry => entry.Id == _ledger.Id));

        _ = EnvironmentBenchmark.Run(TimeSpan.FromMilliseconds(1), TimeSpan.Zero, registry);

        AssertDisposed(made: 17);
    }

    [Fact]
    public void StepSynchronousA2C_Disposed_DisposesEveryEnvironment()
    {
        RunOptions options = RunDefaults.Resolve(_ledger.Run("a2c", _folder["run"]) with { Agents = 1, Run = null }, EnvironmentRegistry.Default.SpecOf);
        using (StepSynchronousA2C a2c = new(options))
        {
            a2c.Iterate();
        }

        AssertDisposed(made: 3); // one for its spec
    }

    private void AssertDisposed(int made) => Assert.Equal(Enumerable.Repeat(1, made), _ledger.Entries.Select(entry => entry.Disposals));
}
