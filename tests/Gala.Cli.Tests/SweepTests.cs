using Gala.Environments;

namespace Gala.Cli.Tests;

public sealed class SweepTests
{
    [Fact]
    public void Sweep_OfAPlanFile_PrintsTheTablesAndKeepsTheRuns()
    {
        string folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;
        File.WriteAllText(Path.Combine(folder, "plan.yaml"), """
            environments: classic/cartpole
            seeds: 1-2
            options: --architecture a2c --simulators 4 --frames 2k
            variants:
              plain: ""
              patient: --gamma 0.999
            """);
        string output = Path.Combine(folder, "out");

        TestConsole console = new(), again = new(), more = new();
        int exitCode = console.Run("sweep", Path.Combine(folder, "plan.yaml"), "--output", output, "--parallel", "2");
        int repeated = again.Run("sweep", Path.Combine(output, "sweep.yaml"), "--output", output, "--report");
        int added = more.Run("sweep", Path.Combine(output, "sweep.yaml"), "--output", output, "--variant", "short: --gamma 0.9", "--report");

        Assert.Equal(0, exitCode);
        Assert.Contains("| plain | 2 |", console.Out, StringComparison.Ordinal);
        Assert.Equal(4, console.ErrorLines.Count);
        Assert.StartsWith("1/4 ", console.ErrorLines[0], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "runs", "patient", "classic-cartpole", "2", "summary.json")));
        Assert.Equal((0, 0), (repeated, again.ErrorLines.Count));
        Assert.Equal((0, "2 of 6 runs are not trained yet; without --report they are."), (added, Assert.Single(more.ErrorLines)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Sweep_ARunThatFails_EndsWithItsReasonAndOne()
    {
        EnvironmentRegistry.Default.Register("tests/sweep-breaks", () => new Breaking());
        string output = Path.Combine(Directory.CreateTempSubdirectory("gala-tests-").FullName, "out");
        TestConsole console = new();

        int exitCode = console.Run("sweep", "--environment", "tests/sweep-breaks,classic/cartpole", "--seeds", "1", "--frames", "2k",
            "--options", "--architecture a2c --simulators 4", "--variant", "plain:", "--output", output);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: plain on tests/sweep-breaks, seed 1 failed: ", console.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("the pole broke", console.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("2/2 plain on classic/cartpole, seed 1: return", console.Error, StringComparison.Ordinal);
        Assert.Contains("## Runs that failed", console.Out, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(output)!, recursive: true);
    }

    [Fact]
    public void Sweep_SeveralThingsWrong_IsALineForEach()
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("sweep", "--environment", "classic/cartpole", "--seeds", "9-1", "--variant", "a: --agnts 3", "--parallel", "0", "--reference", "tabel"));

        Assert.Equal(
            ["--seeds: '9-1' ends", "variant a: --agnts i", "--parallel: expected", "--reference: expecte"],
            console.ErrorLines.Select(line => line["error: ".Length..][..20].TrimEnd()));
    }

    [Theory]
    [InlineData("--variant")]
    [InlineData("--variant", "a:", "--variant")]
    public void Sweep_AVariantWithoutAText_IsToldSo(params string[] words)
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run(["sweep", "--environment", "classic/cartpole", "--seeds", "1", .. words]));

        Assert.Contains(console.ErrorLines, line => line.StartsWith("error: --variant: needs a value", StringComparison.Ordinal));
    }

    /// <summary>CartPole that cannot be stepped.</summary>
    private sealed class Breaking : IEnvironment
    {
        private readonly IEnvironment _inner = EnvironmentRegistry.Default.Create("classic/cartpole");

        public EnvironmentSpec Spec => _inner.Spec;

        public void Reset(Span<float> observation) => _inner.Reset(observation);

        public void Reset(ulong seed, Span<float> observation) => _inner.Reset(seed, observation);

        public StepResult Step(int action, Span<float> observation) => throw new InvalidOperationException("the pole broke");
    }
}
