using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class RunOptionsFileTests
{
    [Fact]
    public void Write_NothingLeftOpen_IsReadBackEqual() =>
        Assert.Equal(SomeOptions.NothingLeftOpen, RunOptionsFile.Parse(RunOptionsFile.Write(SomeOptions.NothingLeftOpen), "run.yaml"));

    [Fact]
    public void Write_Defaults_AreReadBackEqual() =>
        Assert.Equal(new RunOptions(), RunOptionsFile.Parse(RunOptionsFile.Write(new RunOptions()), "run.yaml"));

    [Fact]
    public void Write_AnyOptions_AreReadBackEqual() => Prop.ForAll(SomeOptions.Generator.ToArbitrary(), options =>
        RunOptionsFile.Parse(RunOptionsFile.Write(options), "run.yaml") == options).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_AnyOptions_HasEveryKeyOnceInTheOrderOfTheCatalog()
    {
        IEnumerable<string> keys = RunOptionsFile.Write(new RunOptions()).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);
        Assert.Equal(OptionCatalog.All.Select(entry => entry.Key), keys);
    }

    [Fact]
    public void Parse_SomeKeys_LeavesTheOthersAtTheirDefaults()
    {
        RunOptions options = RunOptionsFile.Parse("frames: 1.5m\nlearningRate: 7e-4 # as in the paper\nagents: ~\nrun: 'a b'\n", "a.yaml");
        Assert.Equal(new RunOptions { Frames = 1_500_000, LearningRate = 7e-4, Run = "a b" }, options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n...\n")]
    [InlineData("{}")]
    public void Parse_NothingInIt_GivesTheDefaults(string yaml) => Assert.Equal(new RunOptions(), RunOptionsFile.Parse(yaml, "a.yaml"));

    [Theory]
    [InlineData("learningRat: 1", "learningRat: unknown key, did you mean learningRate? (a.yaml, line 1)")]
    [InlineData("\n\nlearning_rate: 1", "learning_rate: unknown key, did you mean learningRate? (a.yaml, line 3)")]
    [InlineData("colour: red", "colour: unknown key (a.yaml, line 1)")]
    [InlineData("agents: 0", "--agents: expected a whole number from 1 to 1,024, not '0' (a.yaml, line 1)")]
    [InlineData("agents: four", "--agents: expected a whole number from 1 to 1,024, not 'four' (a.yaml, line 1)")]
    [InlineData("frames:", "--frames: expected a whole number from 1 to 1,000,000,000,000,000, not '' (a.yaml, line 1)")]
    [InlineData("optimizer: adan", "--optimizer: expected one of rmsprop, adam, not 'adan', did you mean adam? (a.yaml, line 1)")]
    [InlineData("deterministic: maybe", "--deterministic: expected true or false, not 'maybe' (a.yaml, line 1)")]
    [InlineData("gamma: .nan", "--gamma: expected a number from 0 to 1, not '.nan' (a.yaml, line 1)")]
    [InlineData("agents: 1\nagents: 2", "--agents: given twice; keep one of the lines (a.yaml, line 2)")]
    [InlineData("agents: [1, 2]", "--config: expected one plain value for 'agents', not a list; the rest of the file was not read (a.yaml, line 1)")]
    [InlineData("agents: {a: 1}", "--config: expected one plain value for 'agents', not a mapping; the rest of the file was not read (a.yaml, line 1)")]
    [InlineData("agents: &a 1", "--config: anchors and tags are not supported; write the value itself (a.yaml, line 1)")]
    [InlineData("agents: !!int 1", "--config: anchors and tags are not supported; write the value itself (a.yaml, line 1)")]
    [InlineData("agents: *a", "--config: expected one plain value for 'agents', not an alias; the rest of the file was not read (a.yaml, line 1)")]
    [InlineData("- agents", "--config: expected lines of the form 'key: value' (a.yaml, line 1)")]
    [InlineData("agents", "--config: expected lines of the form 'key: value' (a.yaml, line 1)")]
    [InlineData("agents: 1\n---\nagents: 2", "--config: expected one document, but '---' starts another (a.yaml, line 2)")]
    public void Parse_OneMistake_IsOneLineWithItsMendAndPlace(string yaml, string expected) => Assert.Equal([expected], Problems(yaml));

    [Fact]
    public void Parse_SeveralMistakes_AreAllReported()
    {
        string[] problems = Problems("agents: 0\ngama: 1\nfrmaes: 3\nnetwork: minatr\nlearningRate: -1\n");
        Assert.Equal(5, problems.Length);
        Assert.Contains("gama: unknown key, did you mean gamma? (a.yaml, line 2)", problems);
        Assert.Contains("--learning-rate: expected a number above 0 to 1,000, not '-1' (a.yaml, line 5)", problems);
    }

    [Theory]
    [InlineData("agents: \"1")]
    [InlineData("agents: 1\n frames: 2")]
    [InlineData("{agents: 1")]
    [InlineData("agents: 1\n\tframes: 2")]
    [InlineData("%FOO\n\u0001")]
    public void Parse_BrokenYaml_IsOneLine(string yaml)
    {
        string problem = Assert.Single(Problems(yaml));
        Assert.StartsWith("--config: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('?')]
    [InlineData('"')]
    [InlineData('&')]
    [InlineData('\n')]
    [InlineData(' ')]
    [InlineData('a')]
    public void Parse_LongRunOfOneCharacter_EndsSoon(char character) =>
        _ = Record.Exception(() => RunOptionsFile.Parse(new string(character, 1 << 20), "a.yaml"));

    [Fact]
    public void Parse_ManyUnknownKeys_GivesUpEarly()
    {
        string yaml = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: 1\n"));
        Assert.InRange(Problems(yaml).Length, 1, 100);
    }

    [Fact]
    public void Parse_AnyText_IsOptionsOrProblemsOfOneLine() => Prop.ForAll(YamlLike.ToArbitrary(), yaml =>
    {
        try
        {
            _ = RunOptionsFile.Parse(yaml, "a.yaml");
        }
        catch (InvalidOptionsException exception)
        {
            Assert.All(exception.Problems, problem => Assert.DoesNotContain(problem.ToString(), char.IsControl));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(7, 11));

    [Fact]
    public void Read_UnreadableFile_IsOneLineThatNamesIt()
    {
        using TemporaryFolder folder = new();
        string missing = Path.Combine(folder.Path, "missing.yaml");
        Assert.Contains("there is no such file", Single(missing), StringComparison.Ordinal);
        Assert.StartsWith("--config: cannot read '", Single(folder.Path), StringComparison.Ordinal);
        Assert.Contains("1 MiB", Single(folder.Write("large.yaml", new byte[(1 << 20) + 1])), StringComparison.Ordinal);
        Assert.Contains("UTF-8", Single(folder.Write("latin.yaml", [0x61, 0xE9, 0x62])), StringComparison.Ordinal);

        static string Single(string path) =>
            Assert.Single(Assert.Throws<InvalidOptionsException>(() => RunOptionsFile.Read(path)).Problems).ToString();
    }

    [Fact]
    public void Read_FileWithByteOrderMark_IsRead()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("run.yaml", [.. Encoding.UTF8.Preamble, .. "agents: 3\r\n"u8]);
        Assert.Equal(3, RunOptionsFile.Read(path).Agents);
    }

    /// <summary>Texts made of what YAML reacts to, so that random ones get far into the parser.</summary>
    private static Gen<string> YamlLike { get; } = Gen.Elements(
        "agents", "frames", "gamma", "run", ": ", ":", "\n", "  ", "\t", "- ", "? ", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "|2-", "&a ",
        "*a", "!!int ", "!", "%", "@", "`", "---", "...", "#", " #", "\\", "\\x", "\\u12", "3m", "1", "null", "~", "\0", "\u0007", "\uFEFF",
        "\uD800", "é", "\u2028", "<<", "%YAML 1.9", "%TAG ! x").ArrayOf().Select(string.Concat);

    private static string[] Problems(string yaml) => [.. Assert.Throws<InvalidOptionsException>(() => RunOptionsFile.Parse(yaml, "a.yaml"))
        .Problems.Select(problem => problem.ToString())];
}
