using System.Runtime.InteropServices;
using System.Text.Json;
using Gala.Environments;
using Gala.Numerics;

namespace Gala.Cli.Tests;

public sealed class BaselineTests
{
    [Fact]
    public void Baseline_Json_IsTheMeanReturnByEnvironmentAndRepeatable()
    {
        TestConsole first = new(), second = new();

        Assert.Equal(0, first.Run("environments", "baseline", "minatar/breakout", "classic/cartpole", "--episodes", "50", "--json"));
        Assert.Equal(0, second.Run("environments", "baseline", "minatar/breakout", "classic/cartpole", "--episodes", "50", "--json"));

        Dictionary<string, double> means = JsonSerializer.Deserialize<Dictionary<string, double>>(first.Out)!;
        Assert.InRange(means["minatar/breakout"], 0.1, 1.5); // a ball that is mostly lost at once
        Assert.InRange(means["classic/cartpole"], 15, 30); // some twenty steps, as everybody finds
        Assert.Equal(first.Out, second.Out);
    }

    [Fact]
    public void Baseline_UnknownEnvironment_IsRefusedInOneLine()
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("environments", "baseline", "minatar/brekout"));

        Assert.Contains("minatar/breakout", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_EndlessEpisodes_AreCutAndCounted()
    {
        string id = Endless.Register("cut", _ => 1);
        TestConsole console = new(), json = new();

        Assert.Equal(0, console.Run("environments", "baseline", id, "--episodes", "3", "--max-steps", "5"));
        Assert.Contains("return 5.00 +/- 0.00 over 3 episodes of 5.0 steps", console.Out, StringComparison.Ordinal);
        Assert.Contains("3 cut after 5 steps", console.Out, StringComparison.Ordinal);

        Assert.Equal(0, json.Run("environments", "baseline", id, "--episodes", "3", "--max-steps", "5", "--json"));
        Assert.Equal(5, JsonSerializer.Deserialize<Dictionary<string, double>>(json.Out)![id]);
        Assert.Contains("3 cut after 5 steps", Assert.Single(json.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Baseline_NoFiniteReturn_IsOneLine(bool json)
    {
        string id = Endless.Register($"nan-{json}", _ => float.NaN);
        TestConsole console = new();

        Assert.Equal(1, console.Run(["environments", "baseline", id, "--episodes", "3", "--max-steps", "5", .. json ? ["--json"] : Array.Empty<string>()]));

        Assert.StartsWith($"error: {id}: none of 3 episodes has a finite return", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_EnvironmentThrows_IsOneLine()
    {
        string id = Endless.Register("throws", step => step < 3 ? 0 : throw new InvalidOperationException("two\nlines"));
        TestConsole console = new();

        Assert.Equal(1, console.Run("environments", "baseline", id));

        Assert.StartsWith("error: two lines", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_Interrupted_StopsWithinAnEpisode()
    {
        TestConsole console = new();
        int last = 0;
        string id = Endless.Register("interrupted", step =>
        {
            last = step;
            if (step == 1_000)
            {
                console.Signal(PosixSignal.SIGINT);
            }

            return 0;
        });

        Assert.Equal(130, console.Run("environments", "baseline", id));

        Assert.Equal(1_000, last);
        Assert.Equal($"{id}: stopped after 0 of 1,000 episodes", Assert.Single(console.ErrorLines).TrimEnd());
    }

    /// <summary>An environment whose episodes never end.</summary>
    private sealed class Endless(string id, Func<int, float> reward) : IEnvironment
    {
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = id, Observation = TensorShape.Vector(2), Actions = 2 };

        /// <param name="name">What tells it from those of other tests.</param>
        /// <param name="reward">From the number of the step, from 1 over all episodes.</param>
        public static string Register(string name, Func<int, float> reward)
        {
            string id = $"tests/endless-{name}";
            EnvironmentRegistry.Default.Register(id, () => new Endless(id, reward));
            return id;
        }

        public void Reset(ulong seed, Span<float> observation) => Reset(observation);

        public void Reset(Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => new(reward(++_steps), Terminated: false, Truncated: false);
    }
}
