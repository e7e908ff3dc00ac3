using Gala.Environments;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Simulators that start anew in a resumed run play what they have not played before.</summary>
public sealed class ResumedSeedsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentLedger _ledger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", false)]
    [InlineData("a2c", false)]
    [InlineData("a3c", false)]
    [InlineData("hts", false)]
    [InlineData("impala", false)]
    [InlineData("impala", true)] // whose simulators are never saved
    public void Resume_SimulatorsStartAnew_HaveOtherSeedsAndDrawOtherActionsInEachSession(string architecture, bool canBeSaved)
    {
        _ledger.CanBeSaved = canBeSaved;
        RunOptions options = _ledger.Run(architecture, _folder["run"]) with
        {
            Agents = architecture is "gala" or "a2c" ? 2 : 1, // of the others one agent may do all updates before another one has begun
            Simulators = architecture is "gala" or "a2c" ? 2 : 4,
            Deterministic = architecture == "gala",
            LearningRate = 1e-12,
        };
        List<ulong> seeds = [];
        List<string> actions = [];

        _ = TrainingRun.Start(options, [], CancellationToken.None);
        Note();
        Assert.Equal(Enumerable.Range(0, 4).Select(index => SimulatorBatch.SimulatorSeed(options.Seed, index)), seeds);
        for (int total = 800; total <= 1_200; total += 400)
        {
            _ = TrainingRun.Resume(_folder["run"], total, [], CancellationToken.None);
            Note();
        }

        Assert.Equal(12, seeds.Distinct().Count());
        Assert.Equal(12, actions.Distinct().Count());

        void Note()
        {
            IReadOnlyList<EnvironmentLedger.Entry> entries = [.. _ledger.Entries.Where(entry => entry.Actions.Count > 0)];
            Assert.Equal(4, entries.Count);
            seeds.AddRange(entries.Select(entry => entry.Seeds[^1]));
            actions.AddRange(entries.Select(entry => string.Concat(entry.Actions.Take(40))));
            _ledger.Clear();
        }
    }

    [Theory]
    [InlineData("a2c")]
    [InlineData("hts")]
    public void Resume_SimulatorsThatStartedInAResumedSession_GoOnToTheBit(string architecture)
    {
        _ = TrainingRun.Start(_ledger.Run(architecture, _folder["whole"]) with { LearningRateSchedule = "constant" }, [], CancellationToken.None); // nothing of its simulators is saved
        Copy(_folder["whole"], _folder["cut"]);
        _ledger.CanBeSaved = true;
        RunSummary whole = TrainingRun.Resume(_folder["whole"], 1_200, [], CancellationToken.None).Summary;

        _ = TrainingRun.Resume(_folder["cut"], 800, [], CancellationToken.None);
        RunSummary cut = TrainingRun.Resume(_folder["cut"], 1_200, [], CancellationToken.None).Summary;

        Assert.Equal(whole.ParametersSha256, cut.ParametersSha256);
        Assert.Equal((whole.Episodes, whole.MeanReturn100), (cut.Episodes, cut.MeanReturn100));
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
