using Gala.Environments;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>An environment that does not come back from its saved state is found out before training, not when the run is resumed.</summary>
public sealed class EnvironmentTrialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentLedger _ledger = new() { CanBeSaved = true };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala")]
    [InlineData("a2c")]
    [InlineData("a3c")]
    [InlineData("hts")]
    public void Start_LoadStateReadsTooLittle_IsRefusedByName(string architecture)
    {
        _ledger.Saving = (writer, steps) => writer.Write((long)steps);

        EnvironmentException exception = Assert.Throws<EnvironmentException>(
            () => TrainingRun.Start(_ledger.Run(architecture, _folder["run"]), [], CancellationToken.None));

        Assert.Contains("'tests/ledger' of simulator 0: its LoadState read 4 of the 8 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat((0, 1), _ledger.Entries.Count), _ledger.Entries.Select(entry => (entry.Actions.Count, entry.Disposals)));
    }

    [Fact]
    public void Start_OneOfSeveralEnvironmentsDoesNotComeBack_IsRefusedByName()
    {
        EnvironmentLedger other = new() { CanBeSaved = true, Loading = _ => throw new InvalidOperationException("no episode") };
        RunOptions options = _ledger.Run("a2c", _folder["run"]) with { Environment = $"{_ledger.Id},{other.Id}:limit=3" };

        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => TrainingRun.Start(options, [], CancellationToken.None));

        Assert.Contains("no episode", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_Impala_TriesNothingOutSinceItSavesNoSimulators()
    {
        _ledger.Loading = _ => throw new InvalidOperationException("no episode");

        Assert.Equal(400, TrainingRun.Start(_ledger.Run("impala", _folder["run"]), [], CancellationToken.None).Summary.Frames);
        Assert.All(_ledger.Entries, entry => Assert.InRange(entry.Seeds.Count, 0, 1)); // an actor may come too late to play at all
    }

    [Fact]
    public void Start_EveryOtherArchitecture_ResetsOneSimulatorOnceMoreWithItsOwnSeed()
    {
        _ = TrainingRun.Start(_ledger.Run("a2c", _folder["run"]), [], CancellationToken.None);

        Assert.Equal([2, 1, 1, 1], _ledger.Entries.Select(entry => entry.Seeds.Count));
        Assert.Single(_ledger.Entries[0].Seeds.Distinct());
    }

    [Fact]
    public void Resume_AStateOfAnotherLengthThanItReads_IsRefusedByName()
    {
        // Two more bytes in the middle of an episode, which no trial at its beginning sees.
        _ledger.Saving = (writer, steps) =>
        {
            writer.Write(steps);
            writer.Write(new byte[steps > 0 ? 2 : 0]);
        };
        _ = TrainingRun.Start(_ledger.Run("a2c", _folder["run"]) with { Rollout = 4, Frames = 384 }, [], CancellationToken.None);

        InvalidRunException exception = Assert.Throws<InvalidRunException>(
            () => TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None));

        Assert.StartsWith(
            "the checkpoint does not fit the run: the environment 'tests/ledger' of simulator 0: its LoadState read 4 of the 6 bytes that its SaveState wrote;",
            exception.Message,
            StringComparison.Ordinal);
    }
}
