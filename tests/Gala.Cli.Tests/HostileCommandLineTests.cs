using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Cli.Tests;

public sealed class HostileCommandLineTests
{
    private static readonly string[] Words =
    [
        "train", "resume", "evaluate", "watch", "topology", "environments", "list", "replay", "help", "--help", "-h", "-?", "--version", "--", "-", "", "=", "--=", "--=3",
        "--agents", "--agents=", "--agents=3", "-1", "0", "3", "1e400", "NaN", "-Infinity", "9999999999999999999999999999999999", "3m", "3mm", "auto", "null", "true",
        "--frames", "--config", "--run", "--quiet", "--json", "--episodes", "--agent", "--greedy", "--seed", "--topology", "--environment", "minatar/breakout",
        "minatar/breakout:sticky=", "minatar/breakout:sticky=0.1:sticky=0.2", ",,,", "a:b:c=d", ":", "classic/cartpole:limit=-1", "memory/cue:length=99999999999",
        "--network", "minatar", "--learning-rate", "--simulators", "--rollout", "2147483647", "--speed", "--steps", "@file", "/dev/null", "/", "no/such", "\n", "\0", "\e[2J",
        "\uD800", "😀", "--ägents", "$(x)", "'", "\"", "\\", "%s", new string('x', 5_000),
    ];

    [Fact]
    public void Run_AnyWords_EndsWithAnExitCodeAndNeverAnUnexpectedError()
    {
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) => Made.Outcome(),
            Resume = (_, _, _, _, _) => throw new InvalidRunException("there is no run"),
            Evaluate = (_, _, _, _, _, _, _, _) => throw new InvalidRunException("there is no run"),
            LoadPolicy = (_, _) => throw new InvalidRunException("there is no run"),
        };
        Gen<string[]> lines = Gen.Elements(Words).ArrayOf();
        Prop.ForAll(lines.ToArbitrary(), words => IsCarriedOutOrRefused(services, words))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(4_000).WithEndSize(8).WithReplay(13, 7));
    }

    /// <summary>Exit code 1 would be a failure of the program; what is wrong with the words is 2, one line for each problem.</summary>
    private static bool IsCarriedOutOrRefused(RunServices services, string[] words)
    {
        TestConsole console = new();
        int exitCode = console.Run(services, words);
        Assert.All(console.ErrorLines, line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
        return exitCode switch
        {
            0 => console.Error.Length == 0,
            2 => console.ErrorLines.Count > 0,
            _ => false,
        };
    }
}
