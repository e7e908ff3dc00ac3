using System.Text.Json;
using Gala.Runs;

namespace Gala.Tests.Runs;

public sealed class EnvironmentReturnsTests
{
    [Theory]
    [InlineData("minatar/breakout", 0.53, 0)]
    [InlineData("minatar/breakout:sticky=0", 16.8, 1)]
    [InlineData("minatar/freeway", 27.41, 0.5)]
    public void Normalize_BetweenRandomAndTrained_IsTheShareOfTheWay(string environment, double mean, double expected) =>
        Assert.Equal(expected, ReferenceReturns.Normalize(environment, mean)!.Value, 6);

    [Fact]
    public void Normalize_NoFiguresOrNoReturn_IsNothing()
    {
        Assert.Null(ReferenceReturns.Normalize("classic/cartpole", 100));
        Assert.Null(ReferenceReturns.Normalize("minatar/breakout", null));
    }

    [Theory]
    [InlineData("gala", 2)]
    [InlineData("impala", 2)]
    [InlineData("hts", 1)]
    public void Train_TwoGames_ReportsTheReturnOfEachAndEvaluatesEach(string architecture, int agents)
    {
        using TemporaryFolder folder = new();
        const string Games = "minatar/breakout,minatar/asterix:sticky=0";
        RunOptions options = new()
        {
            Architecture = architecture,
            Environment = Games,
            Agents = agents,
            Simulators = 4,
            Frames = 40_000,
            ReportEvery = 0.1,
            Run = folder["run"],
        };

        TrainingOutcome outcome = TrainingRun.Start(options, [], CancellationToken.None);

        Assert.Equal(["minatar/breakout", "minatar/asterix:sticky=0"], outcome.Summary.Returns!.MeanReturn100.Keys);
        Assert.All(outcome.Summary.Returns.MeanReturn100.Values, mean => Assert.NotNull(mean));
        Assert.NotNull(outcome.Summary.Returns.Normalized);
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(options.Run, "summary.json")));
        Assert.Equal(
            outcome.Summary.Returns.MeanReturn100["minatar/breakout"], summary.RootElement.GetProperty("returns").GetProperty("minatar/breakout").GetDouble());
        Evaluation evaluation = Evaluation.Play(options.Run, episodes: 3, agent: null, greedy: false, seed: 1);
        Assert.Equal(outcome.Summary.Returns.MeanReturn100.Keys, evaluation.MeanReturnByEnvironment!.Keys);
        Assert.Equal(evaluation.MeanReturn, evaluation.MeanReturnByEnvironment.Values.Average(), 9);
    }

    [Fact]
    public void Train_OneGame_ReportsNoReturnsByEnvironment()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new() { Architecture = "a2c", Simulators = 4, Frames = 2_000, Run = folder["run"] };
        Assert.Null(TrainingRun.Start(options, [], CancellationToken.None).Summary.Returns);
    }
}
