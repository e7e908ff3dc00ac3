using System.Runtime.CompilerServices;
using System.Text.Json;
using Gala.Architectures;
using Gala.Environments;
using Gala.Networks;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs.Checkpoints;

/// <summary>Runs that earlier versions left behind, under <c>tests/golden/</c>, one for each version of the checkpoint's format. None is ever
/// made anew: what was written once is read for ever.</summary>
public sealed class GoldenCheckpointTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resume_RunOfAnEarlierFormat_StartsFromItsParametersAndGoesOn(int version)
    {
        using TemporaryFolder folder = new();
        Copy(Golden(version), folder["run"]);
        RunFolder run = RunFolder.Open(folder["run"]);
        Checkpoint checkpoint = new CheckpointStore(run.CheckpointsDirectory).LoadNewestWhole(message => Assert.Fail(message));
        JsonElement summary = JsonDocument.Parse(File.ReadAllText(run.SummaryFile)).RootElement;

        using AgentGroup group = AgentFactory.Create(RunDefaults.Resolve(run.ReadOptions(), EnvironmentRegistry.Default.SpecOf), _ => { });
        AgentCapture.Restore(checkpoint, group.Agents);

        Assert.Equal(summary.GetProperty("parametersSha256").GetString(), ParametersDigest.Of(group.Agents.Select(agent => agent.Parameters)));
        Assert.Equal(summary.GetProperty("episodes").GetInt64(), group.Simulators.Sum(simulators => simulators.Episodes.Total));
        Assert.All(group.Agents.Zip(checkpoint.Agents), pair => Assert.Equal(pair.Second.OptimizerState.SelectMany(state => state.Values), StateOf(pair.First.Optimizer)));

        RunSummary resumed = TrainingRun.Resume(folder["run"], 2 * checkpoint.Frames, [], CancellationToken.None).Summary;
        Assert.Equal(2 * checkpoint.Frames, resumed.Frames);
        Assert.True(resumed.Episodes > summary.GetProperty("episodes").GetInt64());
    }

    private static IEnumerable<float> StateOf(IOptimizer optimizer) => optimizer.StateNames.SelectMany(name => optimizer.State(name).ToArray());

    private static string Golden(int version, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../golden", $"checkpoint-{version}"));

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
