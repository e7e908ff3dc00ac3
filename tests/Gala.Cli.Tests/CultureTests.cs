using System.Globalization;

namespace Gala.Cli.Tests;

/// <summary>What is written does not depend on the language of the machine.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Assemblies_TextWithNumbers_NamesItsCulture()
    {
        string[] assemblies = [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOurs)];

        Assert.True(assemblies.Length >= 8, "Gala's assemblies lie beside the tests.");
        string places = string.Join('\n', assemblies.SelectMany(file => InterpolationScan.Find(file).Select(place => $"{Path.GetFileName(file)}: {place}")));
        Assert.True(places.Length == 0, $"Give these a culture, as in string.Create(CultureInfo.InvariantCulture, $\"...\"):\n{places}");
    }

    [Fact]
    public void Find_TextOfEveryKind_FindsThatWithoutACulture()
    {
        string[] found = [.. InterpolationScan.Find(typeof(CultureTests).Assembly.Location).Where(place => place.StartsWith(nameof(SomeText), StringComparison.Ordinal))];

        Assert.Equal(
            [
                "SomeText.Fraction: interpolates Double", "SomeText.Grouped: interpolates Int32", "SomeText.MaybeFraction: interpolates Single",
                "SomeText.Nested: interpolates Double", "SomeText.Own: Double.ToString",
            ],
            found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Train_OtherCulture_WritesTheSameFiles()
    {
        string folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;
        try
        {
            string[] expected = Train(Path.Combine(folder, "a"), CultureInfo.InvariantCulture);
            foreach ((int index, CultureInfo culture) in Cultures().Index())
            {
                Assert.Equal(expected, Train(Path.Combine(folder, $"b{index}"), culture));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOurs(string file) => Path.GetFileName(file) is var name
        && (name.StartsWith("Gala.", StringComparison.Ordinal) || name == "gala.dll") && !name.Contains("Tests", StringComparison.Ordinal);

    /// <summary>Made by hand, since the tests run without the data of cultures. Like German, and like those that write digits apart and minus otherwise.</summary>
    private static IEnumerable<CultureInfo> Cultures()
    {
        foreach ((string point, string group, string minus) in new[] { (",", ".", "-"), ("٫", "٬", "\u200e-"), (",", "\u00a0", "−") })
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat = new NumberFormatInfo
            {
                NumberDecimalSeparator = point,
                NumberGroupSeparator = group,
                NegativeSign = minus,
                NaNSymbol = "ناعدد",
                PositiveInfinitySymbol = "∞",
                PercentSymbol = "٪",
            };
            culture.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = ".", TimeSeparator = "٫" };
            yield return culture;
        }
    }

    /// <summary>All that a small run leaves in words: its configuration, its log and what it printed, without times and speeds.</summary>
    private static string[] Train(string run, CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            TestConsole console = new();
            Assert.Equal(0, console.Run(
                "train", "--architecture", "gala", "--deterministic", "--agents", "2", "--simulators", "4", "--environment", "classic/cartpole", "--frames", "4k",
                "--checkpoint-every", "4k", "--learning-rate-schedule", "constant", "--run", run));
            TestConsole again = new();
            Assert.Equal(2, again.Run("resume", run)); // all frames are done
            string[] log = [.. File.ReadLines(Path.Combine(run, "log.txt")).Select(line => line["2026-03-04 05:06:07Z ".Length..])];
            Assert.Contains(log, line => line.Contains("4,000 frames", StringComparison.Ordinal)); // its checkpoint
            return [File.ReadAllText(Path.Combine(run, "run.yaml")), again.Error.Replace(run, "", StringComparison.Ordinal), .. log];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static class SomeText
    {
        public static string Fraction(double number) => $"{number}";

        public static string MaybeFraction(float? number) => $"{number}";

        public static string Grouped(int number) => $"{number:N0}";

        public static string Own(double number) => number + "";

        public static string Nested(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:F1} {(number > 1 ? $"{number:F2}" : "")} {number:F3}");

        public static string Whole(int number) => $"{number}";

        public static string Named(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:F1}");
    }
}
