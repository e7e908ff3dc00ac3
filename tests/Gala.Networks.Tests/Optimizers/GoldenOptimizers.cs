using System.Text.Json;

namespace Gala.Networks.Tests;

/// <summary>Reads tests/golden/optimizers.json, PyTorch's steps; the script beside it documents the formula.</summary>
internal static class GoldenOptimizers
{
    public const int Length = 19;
    public const int Steps = 10;

    private static readonly Lazy<JsonDocument> Document = new(() => JsonDocument.Parse(File.ReadAllBytes(Locate())));

    public static JsonElement Find(string name, bool clipped) => Document.Value.RootElement.GetProperty("cases").EnumerateArray().Single(
        golden => golden.GetProperty("name").GetString() == name && golden.GetProperty("clip").ValueKind == JsonValueKind.Number == clipped);

    public static float[] InitialParameters() => [.. Enumerable.Range(0, Length).Select(i => (float)Formula(i, 0, 17))];

    public static float[] Gradients(int step) =>
        [.. Enumerable.Range(0, Length).Select(i => (float)(i == 5 ? 0 : 0.3 * Formula(i, step, 101) * (i % 3 == 0 ? 0.1 : 1)))];

    private static double Formula(int i, int step, int salt) => (((i * 7919) + (step * 104729) + salt) % 2003 / 1001.0) - 1;

    private static string Locate()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", "optimizers.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("No tests/golden/optimizers.json above the test's folder; make_optimizer_golden.py makes it.");
    }
}
