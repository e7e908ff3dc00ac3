using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala evaluate</c>.</summary>
internal sealed class EvaluateCommand : GalaCommand
{
    private const int DefaultEpisodes = 100;
    private const ulong DefaultSeed = 1;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new FiniteNumbers() },
    };

    private readonly Argument<string> _directory = RunFolder();
    private readonly ValueOption _episodes = new("--episodes", "N", "Whole episodes to play") { DefaultText = "100" };
    private readonly ValueOption _agent = PlayOptions.Agent();
    private readonly SwitchOption _greedy = PlayOptions.Greedy();
    private readonly ValueOption _seed = PlayOptions.Seed();
    private readonly ValueOption _maxSteps = PlayOptions.MaxSteps();
    private readonly SwitchOption _json = new("--json", "Print one JSON object");

    public EvaluateCommand()
        : base("evaluate", "Plays whole episodes with a trained agent and reports their returns.")
    {
        Add(_directory);
        Add(_episodes);
        Add(_agent);
        Add(_greedy);
        Add(_seed);
        Add(_maxSteps);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
        ["gala evaluate runs/breakout", "gala evaluate runs/breakout --agent 2 --greedy --episodes 1k --json"];

    public override int Execute(Invocation invocation)
    {
        int episodes = (int)(invocation.Whole(_episodes, 1, 1_000_000) ?? DefaultEpisodes);
        int? agent = (int?)invocation.Whole(_agent, 0, int.MaxValue);
        ulong seed = invocation.Seed(_seed) ?? DefaultSeed;
        int maxSteps = invocation.MaxSteps(_maxSteps);
        invocation.ThrowIfRefused();
        string directory = invocation.Texts(_directory)[0];
        return Interruption.Stoppable(invocation.Console, stop =>
        {
            Evaluation evaluation = invocation.Services.Evaluate(
                directory,
                episodes,
                agent,
                invocation.Has(_greedy),
                seed,
                message => ErrorReport.WriteLine(invocation.Console.Error, message),
                maxSteps,
                stop);
            invocation.Console.Out.WriteLine(invocation.Has(_json) ? JsonSerializer.Serialize(evaluation, Format) : Text(evaluation, maxSteps));
            return 0;
        });
    }

    private static string Text(Evaluation evaluation, int maxSteps)
    {
        string remarks = string.Concat(PlayOptions.Remarks(evaluation.CutEpisodes, evaluation.SkippedEpisodes, maxSteps).Select(remark => $"\n  {remark}"));
        string player = evaluation.Agent is { } rank ? $"agent {rank}" : "mean of the agents";
        string each = string.Concat((evaluation.MeanReturnByEnvironment ?? new Dictionary<string, double>()).Select(
            one => string.Create(CultureInfo.InvariantCulture, $"\n  {one.Key,-26}{one.Value:F2}")));
        return string.Create(CultureInfo.InvariantCulture, $"""
            {evaluation.Environment}, {evaluation.Architecture}, {player}, trained for {evaluation.Frames:N0} frames
            episodes    {evaluation.Episodes:N0}{remarks}
            return      {evaluation.MeanReturn:F2} +/- {evaluation.StandardError:F2} (standard error), from {evaluation.MinReturn:F2} to {evaluation.MaxReturn:F2}{each}
            length      {evaluation.MeanLength:F1} steps
            parameters  sha256 {evaluation.ParametersSha256}
            """);
    }
}
