using System.Xml.Linq;
using Gala.Environments;
using Gala.Experiments;
using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Experiments;

public sealed class SweepTests
{
    private const string Small = "--architecture a2c --simulators 4 --frames 2k --learning-rate-schedule constant";

    [Fact]
    public void Run_TwoVariants_ReportsEachAndRepeatsNoFinishedRun()
    {
        using TemporaryFolder folder = new();
        Sweep sweep = Make(folder, "classic/cartpole", "1-2", ("slow", "--frames 8k --learning-rate 0.003"), ("fast", "--frames 8k --learning-rate 0.01"));

        SweepOutcome outcome = sweep.Run(_ => { }, CancellationToken.None);
        DateTime[] written = Summaries(folder);
        List<string> lines = [];
        sweep.Run(lines.Add, CancellationToken.None);

        Assert.Equal((4, 0, 0), (outcome.Runs, outcome.Failures.Count, outcome.Missing));
        Assert.Equal(4, written.Length);
        Assert.Equal(written, Summaries(folder));
        Assert.All(lines, line => Assert.EndsWith("finished before", line, StringComparison.Ordinal));
        Assert.StartsWith("1/4 slow on classic/cartpole, seed 1: return ", lines[0], StringComparison.Ordinal);
        string page = File.ReadAllText(outcome.Page);
        Assert.Contains("| slow | 2 |", page, StringComparison.Ordinal);
        Assert.Contains("1 is the mean of slow", page, StringComparison.Ordinal); // cartpole is in no table
        Assert.Equal(5, File.ReadAllLines(folder["out/sweep.csv"]).Length);
        XDocument curves = XDocument.Parse(File.ReadAllText(folder["out/learning-curves.svg"]));
        Assert.Contains(curves.Descendants(), element => element.Value == "fast");
    }

    [Fact]
    public void Run_MoreSeedsThanBefore_TrainsThoseAlone()
    {
        using TemporaryFolder folder = new();
        Make(folder, "classic/cartpole", "1", ("a", "")).Run(_ => { }, CancellationToken.None);
        DateTime first = Assert.Single(Summaries(folder));

        List<string> lines = [];
        Make(folder, "classic/cartpole", "1-2", ("a", "")).Run(lines.Add, CancellationToken.None);

        Assert.Equal([true, false], lines.Select(line => line.Contains("finished before", StringComparison.Ordinal)));
        Assert.Contains(first, Summaries(folder));
    }

    [Fact]
    public void Run_InParallel_HasTheReturnsOfOneAfterTheOther()
    {
        using TemporaryFolder one = new(), other = new();
        Make(one, "classic/cartpole", "1-3", ("a", "")).Run(_ => { }, CancellationToken.None);
        Make(other, "classic/cartpole", "1-3", ("a", ""), parallel: 3).Run(_ => { }, CancellationToken.None);

        Assert.Equal(Returns(one), Returns(other));
        Assert.Equal(3, Returns(one).Distinct().Count());
    }

    [Fact]
    public void Run_OneThatFails_IsWrittenDownAndTheOthersGoOn()
    {
        EnvironmentRegistry.Default.Register("tests/sweep-fails", () => new Troubled(() => throw new InvalidOperationException("the joystick broke")));
        using TemporaryFolder folder = new();
        Sweep sweep = Make(folder, "tests/sweep-fails,classic/cartpole", "1-2", ("a", ""));

        List<string> lines = [];
        SweepOutcome outcome = sweep.Run(lines.Add, CancellationToken.None);

        Assert.Equal(2, outcome.Failures.Count);
        Assert.Contains("a on tests/sweep-fails, seed 1 failed: ", outcome.Failures[0], StringComparison.Ordinal);
        Assert.Contains("the joystick broke", outcome.Failures[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Count);
        Assert.Contains("| a | 0 of 2 | none |", File.ReadAllText(outcome.Page), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(folder["out/sweep.csv"]).Count(line => line.Contains(",failed,", StringComparison.Ordinal)));
        Assert.Equal(outcome.Failures, sweep.Report(CancellationToken.None).Failures); // it is still known later
    }

    [Fact]
    public void Run_StoppedWithinARun_GoesOnFromItsCheckpoint()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        int steps = 0;
        bool isSecond = false;
        EnvironmentRegistry.Default.Register("tests/sweep-stops", () => new Troubled(() =>
        {
            if (Interlocked.Increment(ref steps) == 1_000)
            {
                stop.Cancel();
            }
            else if (stop.IsCancellationRequested && !isSecond)
            {
                Thread.SpinWait(2_000); // so that the stop is heard within the run, however fast it is
            }
        }));
        Sweep sweep = Make(folder, "tests/sweep-stops", "1", ("a", "--frames 100k"));

        Assert.ThrowsAny<OperationCanceledException>(() => sweep.Run(_ => { }, stop.Token));
        Assert.Equal(1, sweep.Report(CancellationToken.None).Missing);
        isSecond = true;
        SweepOutcome outcome = sweep.Run(_ => { }, CancellationToken.None);

        Assert.Equal(0, outcome.Missing);
        Assert.Contains("\"session\":2", File.ReadAllText(folder["out/runs/a/tests-sweep-stops/1/metrics.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AFolderOfSomethingElse_IsLeftAlone()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder["out"]).FullName, "thesis.tex"), "");

        InvalidRunException exception = Assert.Throws<InvalidRunException>(
            () => Make(folder, "classic/cartpole", "1", ("a", "")).Run(_ => { }, CancellationToken.None));

        Assert.Contains("is not empty and holds no sweep: choose another folder", exception.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder["out"]));
    }

    [Fact]
    public void Run_WhileAnotherSweepWorksThere_IsRefused()
    {
        using TemporaryFolder folder = new();
        using SweepFolder other = new(folder["out"]);

        InvalidRunException exception = Assert.Throws<InvalidRunException>(
            () => Make(folder, "classic/cartpole", "1", ("a", "")).Run(_ => { }, CancellationToken.None));

        Assert.Contains("another sweep works in", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ARunsFolderHoldsSomethingElse_EndsWithTheFix()
    {
        using TemporaryFolder folder = new();
        Sweep sweep = Make(folder, "classic/cartpole", "1", ("a", ""));
        sweep.Report(CancellationToken.None);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder["out/runs/a/classic-cartpole/1"]).FullName, "thesis.tex"), "");

        Assert.Contains("holds no run", Assert.Throws<InvalidRunException>(() => sweep.Run(_ => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_AfterSomeRuns_IsThePaceOfEachVariantForWhatIsLeft()
    {
        using TemporaryFolder folder = new();
        SweepPlan plan = Make(folder, "classic/cartpole", "1-4", ("a", ""), ("b", "--frames 4k")).Plan;
        SweepClock clock = new(plan.Runs(), parallel: 2); // a, b, a, b, ...

        Assert.Equal("", clock.Text());
        clock.Count(0, Finished(seconds: 100));
        clock.Count(1, Finished(seconds: 600));

        Assert.Equal("about 18 min left", clock.Text()); // 3 x 100 + 3 x 600, two at once
    }

    private static RunResult Finished(double seconds)
    {
        using System.Text.Json.JsonDocument summary = System.Text.Json.JsonDocument.Parse(FormattableString.Invariant($"{{\"wallSeconds\":{seconds}}}"));
        return new RunResult(new TrainedRun(summary.RootElement.Clone(), []), Failure: null, IsNew: true);
    }

    private static Sweep Make(TemporaryFolder folder, string environments, string seeds, params (string Name, string Words)[] variants) =>
        Make(folder, environments, seeds, variants, parallel: 1);

    private static Sweep Make(TemporaryFolder folder, string environments, string seeds, (string Name, string Words) variant, int parallel) =>
        Make(folder, environments, seeds, [variant], parallel);

    private static Sweep Make(TemporaryFolder folder, string environments, string seeds, (string Name, string Words)[] variants, int parallel)
    {
        SweepPlanBuilder builder = new();
        builder.SetEnvironments(environments);
        builder.SetSeeds(seeds);
        builder.SetOptions(Small);
        Array.ForEach(variants, variant => builder.AddVariant($"{variant.Name}: {variant.Words}"));
        return new Sweep { Plan = builder.Build(EnvironmentRegistry.Default.SpecOf), Folder = folder["out"], Parallel = parallel };
    }

    private static DateTime[] Summaries(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder.Path, "summary.json", SearchOption.AllDirectories).Order().Select(File.GetLastWriteTimeUtc)];

    private static IEnumerable<string> Returns(TemporaryFolder folder) =>
        File.ReadAllLines(folder["out/sweep.csv"]).Skip(1).Select(line => line.Split(',')[4]);

    /// <summary>CartPole that does something else too, at every step.</summary>
    private sealed class Troubled(Action trouble) : IEnvironment
    {
        private readonly IEnvironment _inner = EnvironmentRegistry.Default.Create("classic/cartpole");

        public EnvironmentSpec Spec => _inner.Spec;

        public void Reset(Span<float> observation) => _inner.Reset(observation);

        public void Reset(ulong seed, Span<float> observation) => _inner.Reset(seed, observation);

        public StepResult Step(int action, Span<float> observation)
        {
            trouble();
            return _inner.Step(action, observation);
        }
    }
}
