using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class HostileYamlTests
{
    private const int AllocationPerCharacter = 20_000; // a problem is a line of its own, and suggestions compare names
    private const int AllocationAtLeast = 1 << 20;

    private static readonly string[] Tokens =
    [
        "agents", "learningRate", "frames", "environment", ": ", ":", "\n", "\r\n", "  ", "\t", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!int ", "!<x> ",
        "\"", "'", "\\x", "\\U0011FFFF", "\\uD800", "|\n", ">-\n", "|99\n", "---\n", "...\n", "%YAML 99999999999.1\n", "%TAG ! x\n", "#", "@", "`", "~", "null",
        "<<: ", "\0", "\uFEFF", "\u2028", "é", "😀", "\uD800", "1e999", "-1", "9999999999999999999999", "3m", "true", "minatar/breakout:sticky=0.1",
    ];

    [Fact]
    public void Parse_AnyTokens_GivesOptionsOrProblemsOfOneLineEach()
    {
        Gen<string> texts = from tokens in Gen.Elements(Tokens).ListOf() select string.Concat(tokens);
        Prop.ForAll(texts.ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(60).WithReplay(5, 9));
    }

    [Fact]
    public void Parse_AnyDamageToAWholeFile_GivesOptionsOrProblemsOfOneLineEach()
    {
        string whole = RunOptionsFile.Write(SmallRunsOptions());
        Gen<string> texts =
            from damages in Gen.Zip(Gen.Choose(0, whole.Length), Gen.Elements(Tokens)).NonEmptyListOf()
            from cut in Gen.Choose(0, 40)
            select Damage(whole, damages, cut);
        Prop.ForAll(texts.ToArbitrary(), IsReadOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(6).WithReplay(5, 9));
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 20_000)]
    [InlineData("a: ", 100_000)]
    [InlineData("x: 1\n", 100_000)]
    [InlineData("\"", 100_001)]
    [InlineData("&a ", 50_000)]
    [InlineData(" ", 200_000)]
    public void Parse_OneTokenOverAndOver_EndsWithoutGrowing(string token, int times) =>
        Assert.True(IsReadOrRefused(new StringBuilder().Insert(0, token, times).ToString()));

    private static RunOptions SmallRunsOptions() => new() { Agents = 3, LearningRate = 1e-3 };

    private static string Damage(string whole, IEnumerable<(int Place, string Token)> damages, int cut)
    {
        StringBuilder text = new(whole);
        foreach ((int place, string token) in damages)
        {
            int at = Math.Min(place, text.Length);
            text.Remove(at, Math.Min(cut, text.Length - at)).Insert(at, token);
        }

        return text.ToString();
    }

    private static bool IsReadOrRefused(string yaml)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = RunOptionsFile.Parse(yaml, "hostile.yaml");
        }
        catch (InvalidOptionsException exception)
        {
            Assert.NotEmpty(exception.Problems);
            Assert.All(exception.Problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < AllocationAtLeast + ((long)AllocationPerCharacter * yaml.Length);
    }
}
