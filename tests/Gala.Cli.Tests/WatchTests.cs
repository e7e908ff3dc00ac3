using System.Runtime.InteropServices;
using Gala.Cli.Watch;
using Gala.Environments;
using Gala.Numerics;

namespace Gala.Cli.Tests;

public sealed class WatchTests
{
    [Fact]
    public void Watch_Piped_PrintsFramesForTheStepsAsked()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(With("minatar/breakout"), "watch", "runs/x", "--steps", "5"));

        Assert.DoesNotContain('\e', console.Out);
        Assert.StartsWith("p paddle  b ball  t trail  r brick", console.Out, StringComparison.Ordinal);
        string[] lines = console.Out.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(6, lines.Count(line => line.StartsWith("episode ", StringComparison.Ordinal)));
        Assert.Contains("r r r r r r r r r r", lines);
        Assert.Contains("action left  value 1.25", console.Out, StringComparison.Ordinal);
        Assert.Contains("no-op 10%  left 90%", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_PipedWithoutLimits_PlaysOneEpisode()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(With("classic/cartpole:limit=7"), "watch", "runs/x"));

        Assert.Equal(1, console.Out.Split("the episode is over").Length - 1);
        Assert.Contains("episode 1  step 7  reward 1  return 7", console.Out, StringComparison.Ordinal);
        Assert.Contains("angular_velocity", console.Out, StringComparison.Ordinal);
        Assert.Contains("#####", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_SameSeed_SamePlay()
    {
        string[] plays = [.. Enumerable.Range(0, 3).Select(i =>
        {
            TestConsole console = new();
            console.Run(With("minatar/asterix"), "watch", "runs/x", "--steps", "60", "--seed", i < 2 ? "5" : "6");
            return console.Out;
        })];

        Assert.Equal(plays[0], plays[1]);
        Assert.NotEqual(plays[0], plays[2]);
    }

    [Fact]
    public void Play_EachEpisode_BeginsAnewForThePolicy()
    {
        using LeftPlayer player = new("classic/cartpole:limit=3");
        Play play = new(
            EnvironmentRegistry.Default.Create(player.Environment),
            player,
            new WatchPlan { Episodes = 2, Steps = 99, StepsPerSecond = 0, Greedy = true, Seed = 1 });

        for (int moment = 0; moment < 6; moment++) // an episode has its beginning and three steps
        {
            play.Next();
        }

        Assert.Equal(2, player.Episodes);
    }

    [Fact]
    public void Watch_InATerminal_QLeavesAndShowsTheCursor()
    {
        TestConsole console = new() { IsTerminal = true };
        console.Keys.Enqueue(new ConsoleKeyInfo('q', ConsoleKey.Q, false, false, false));

        Assert.Equal(0, console.Run(With("minatar/breakout"), "watch", "runs/x", "--speed", "1000"));

        Assert.Contains("q quit", console.Out, StringComparison.Ordinal);
        Assert.Contains("\e[?25l", console.Out, StringComparison.Ordinal);
        Assert.True(console.Out.LastIndexOf("\e[?25h", StringComparison.Ordinal) > console.Out.LastIndexOf("\e[?25l", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // its environment throws
    public void Watch_HoweverItEnds_DisposesItsEnvironment(int exitCode)
    {
        List<Held> made = [];
        EnvironmentRegistry.Default.Register($"tests/held-{exitCode}", () =>
        {
            made.Add(new Held($"tests/held-{exitCode}", exitCode == 0 ? int.MaxValue : 3));
            return made[^1];
        });
        TestConsole console = new();

        Assert.Equal(exitCode, console.Run(With($"tests/held-{exitCode}"), "watch", "runs/x", "--steps", "5"));

        Assert.Equal(1, Assert.Single(made, environment => environment.Steps > 0).Disposals);
        Assert.Equal(exitCode, console.ErrorLines.Count);
    }

    [Fact]
    public void Watch_CtrlC_LeavesWith130()
    {
        TestConsole console = new() { IsTerminal = true };
        RunServices services = Made.Services() with
        {
            LoadPolicy = (_, _) => new LeftPlayer("minatar/breakout", acted: () => console.Signal(PosixSignal.SIGINT)),
        };

        Assert.Equal(130, console.Run(services, "watch", "runs/x", "--speed", "1000"));
    }

    [Fact]
    public void Watch_View_ShowsChoiceProbabilitiesAndLegend()
    {
        StringWriter output = new();
        new GalaConsole { Out = output, Error = output }.Drawing().Write(WatchView.Build(Frame(), "footer"));

        string text = output.ToString();
        Assert.Contains("> left", text, StringComparison.Ordinal);
        Assert.Contains("90%", text, StringComparison.Ordinal);
        Assert.Contains("ball", text, StringComparison.Ordinal);
        Assert.Contains("-2.5", text, StringComparison.Ordinal); // the return
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Board_SeveralChannelsInACell_TheRarestIsOnTop()
    {
        Board board = new(Frame());

        Assert.Equal(1, board.At(0, 0)!.Value.Channel); // one ball on two bricks
        Assert.Equal(0, board.At(0, 1)!.Value.Channel);
        Assert.Null(board.At(1, 1));
    }

    [Fact]
    public void Board_LargeImage_IsShrunkByTheLargestValue()
    {
        float[] pixels = new float[84 * 84];
        pixels[(83 * 84) + 83] = 0.5f;
        Board board = new(Frame() with
        {
            Spec = new EnvironmentSpec { Id = "made/large", Observation = new TensorShape(84, 84, 1), Actions = 2 },
            Observation = pixels,
        });

        Assert.True(board.Rows <= 20 && board.Columns <= 20);
        Assert.Equal((0, 0.5f), board.At(board.Rows - 1, board.Columns - 1));
        Assert.Null(board.At(0, 0));
    }

    [Theory]
    [InlineData(0f, 0f, '|', 20)]
    [InlineData(2.4f, 0f, '|', 40)]
    [InlineData(0f, 0.2f, '/', 24)]
    [InlineData(0f, -0.2f, '\\', 16)]
    public void CartPoleSketch_PositionAndAngle_AreWhereTheyShouldBe(float position, float angle, char pole, int top)
    {
        IReadOnlyList<string> lines = CartPoleSketch.Draw(position, angle);

        Assert.Equal(pole, lines[0].Trim().Single());
        Assert.Equal(top, lines[0].IndexOf(pole, StringComparison.Ordinal));
    }

    [Fact]
    public void ChannelLook_TenChannels_TenColoursAndLetters()
    {
        EnvironmentSpec spec = EnvironmentRegistry.Default.Create("minatar/seaquest").Spec;
        ChannelLook look = new(spec);

        Assert.Equal(10, Enumerable.Range(0, 10).Select(channel => look.Color(channel)).Distinct().Count());
        Assert.Equal(10, Enumerable.Range(0, 10).Select(channel => look.Letter(channel)).Distinct().Count());
    }

    private static RunServices With(string environment) => Made.Services() with { LoadPolicy = (_, _) => new LeftPlayer(environment) };

    private static WatchFrame Frame() => new()
    {
        Spec = new EnvironmentSpec
        {
            Id = "made/two",
            Observation = new TensorShape(2, 2, 2),
            Actions = 2,
            ActionNames = ["no-op", "left"],
            ChannelNames = ["brick", "ball"],
        },
        Player = "someone",
        Observation = [1, 1, 1, 0, 0, 0, 0, 0],
        Episode = 1,
        Step = 3,
        Action = 1,
        Probabilities = [0.1f, 0.9f],
        Value = 1.25f,
        Reward = -1,
        Return = -2.5,
        MeanReturn = null,
    };

    /// <summary>Counts how often it was disposed, and throws at one of its steps.</summary>
    private sealed class Held(string id, int lastStep) : IEnvironment, IDisposable
    {
        public EnvironmentSpec Spec { get; } = new() { Id = id, Observation = TensorShape.Vector(2), Actions = 2 };

        public int Steps { get; private set; }

        public int Disposals { get; private set; }

        public void Reset(ulong seed, Span<float> observation) => Reset(observation);

        public void Reset(Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) =>
            ++Steps <= lastStep ? new StepResult(0, Terminated: false, Truncated: false) : throw new InvalidOperationException("worn out");

        public void Dispose() => Disposals++;
    }
}
