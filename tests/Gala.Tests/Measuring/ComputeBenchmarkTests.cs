using Gala.Measuring;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Tests.Measuring;

public sealed class ComputeBenchmarkTests
{
    private static readonly string[] Presets = [.. NetworkPresets.Names.Where(name => !name.StartsWith("impala", StringComparison.Ordinal))]; // these take long

    private static readonly ComputeOptions Hasty = new() { Duration = TimeSpan.FromTicks(1), WarmUp = TimeSpan.Zero, PlayedFrames = 0 };

    [Fact]
    public void Run_Presets_HasAllWorksOnAllKindsOfObservations()
    {
        ComputeMeasurement measured = new ComputeBenchmark(Hasty with { Presets = Presets, Kernels = false, Layers = false }).Run();

        (string, int)[] works = [("act", 16), ("forward", 1), ("forward", 32), ("forward", 256), ("update", 80)];
        IEnumerable<(string, string, string, int)> expected =
            from preset in Presets
            from kind in preset.StartsWith("minatar", StringComparison.Ordinal) ? (string[])["dense", "boards", "played"] : ["dense"]
            from work in works
            select (preset, kind, work.Item1, work.Item2);
        Assert.Equal(expected, measured.Networks.Select(work => (work.Preset, work.Observations, work.Work, work.Rows)));
        Assert.Equal(SimdWidth.Supported.Select(width => width.Lanes), measured.Peak.Select(peak => peak.Lanes));
        double best = measured.Peak.Max(peak => peak.GigaflopsPerSecond);
        Assert.All(measured.Networks, work =>
        {
            Assert.InRange(work.MinimumMicroseconds, double.Epsilon, work.Microseconds);
            Assert.Equal(work.GigaflopsPerSecond / best, work.ShareOfPeak);
        });
        Assert.Empty(measured.Kernels);
        Assert.Empty(measured.Layers);
    }

    [Fact]
    public void Run_OneNetwork_HasItsLayersAndItsKernels()
    {
        ComputeMeasurement measured = new ComputeBenchmark(Hasty with { Presets = ["mlp"], Networks = false }).Run();

        Assert.Equal(
            ["torso.0 forward 16", "torso.1 forward 16", "heads forward 16", "heads backward-data 80", "heads backward-weights 80",
                "torso.1 backward-weights 80", "torso.1 backward-data 80", "torso.0 backward-weights 80"],
            measured.Layers.Select(layer => $"{layer.Layer} {layer.Pass} {layer.Rows}"));
        Assert.Equal(
            ["80x4x64", "80x64x64", "480x480x256"],
            measured.Kernels.Where(kernel => kernel.Kernel == "product").Select(kernel => kernel.Size));
        Assert.All(measured.Kernels, kernel =>
        {
            Assert.InRange(kernel.MinimumMicroseconds, double.Epsilon, kernel.Microseconds);
            Assert.True((kernel.GigaflopsPerSecond > 0) ^ (kernel.GigabytesPerSecond > 0));
            Assert.Equal(kernel.GigaflopsPerSecond is null, kernel.ShareOfPeak is null);
        });
    }

    [Theory]
    [InlineData("act", 16, 16)]
    [InlineData("forward", 256, 256)]
    [InlineData("update", 80, (80 * 2) + 1)] // backward twice as much as forward, but for the first layer; one row forward
    public void Works_OfMlp_CountTwoForEachMultiplyAdd(string name, int rows, int passes)
    {
        using NetworkWork network = new(PresetInput.Create("mlp"), ObservationKind.Dense, playedFrames: 0);
        const int First = 4 * 64, Others = (64 * 64) + (64 * 7);
        int firstPasses = name == "update" ? 80 + 1 : passes;

        NetworkMeasurement measured = Assert.Single(
            network.Works().Select(work => work.Describe(new Timing(Microseconds: 2, MinimumMicroseconds: 1))),
            work => work.Work == name && work.Rows == rows);

        Assert.Equal(2.0 * ((firstPasses * First) + (passes * Others)) / 2e-6 / 1e9, measured.GigaflopsPerSecond, 1e-9);
        Assert.Equal((2, 1), (measured.Microseconds, measured.MinimumMicroseconds));
    }

    [Fact]
    public void Works_RunAgain_AllocateNothing()
    {
        using NetworkWork network = new(PresetInput.Create("minatar"), ObservationKind.Boards, playedFrames: 0);
        foreach (Action run in network.Works().Select(work => work.Run).ToArray())
        {
            run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
