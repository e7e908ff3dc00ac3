using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench compute</c> found, as tables.</summary>
internal static class ComputeTables
{
    private static readonly string[] Figures = [" us", " least", " GFLOP/s", " peak"];

    public static void Write(GalaConsole console, ComputeMeasurement measured)
    {
        MachineDescription machine = measured.Machine;
        console.Out.WriteLine($"{machine.Processor}, {machine.Cores} processors, {machine.Runtime}, {machine.Os}");
        console.Out.WriteLine();
        MeasurementTable.Write(console, ["multiply-add peak, one core", " GFLOP/s"], measured.Peak.Select(peak => (string[])
            [peak.Lanes == 1 ? "scalar" : $"vectors of {peak.Lanes}", NumberText.Measured(peak.GigaflopsPerSecond)]));
        MeasurementTable.Write(console, ["kernel", "size", .. Figures, " GB/s"], measured.Kernels.Select(kernel => (string[])
        [
            kernel.Kernel,
            kernel.Size,
            .. Cells(kernel.Microseconds, kernel.MinimumMicroseconds, kernel.GigaflopsPerSecond, kernel.ShareOfPeak),
            NumberText.Measured(kernel.GigabytesPerSecond),
        ]));
        MeasurementTable.Write(console, ["network", "layer", "pass", " rows", .. Figures], measured.Layers.Select(layer => (string[])
        [
            layer.Preset,
            layer.Layer,
            layer.Pass,
            NumberText.Whole(layer.Rows),
            .. Cells(layer.Microseconds, layer.MinimumMicroseconds, layer.GigaflopsPerSecond, layer.ShareOfPeak),
        ]));
        MeasurementTable.Write(console, ["network", "observations", "work", " rows", .. Figures], measured.Networks.Select(work => (string[])
        [
            work.Preset,
            work.Observations,
            work.Work,
            NumberText.Whole(work.Rows),
            .. Cells(work.Microseconds, work.MinimumMicroseconds, work.GigaflopsPerSecond, work.ShareOfPeak),
        ]));
        console.Out.WriteLine("One core. Work is counted as plain arithmetic: a share of the peak is above 100%");
        console.Out.WriteLine("where minimal filtering or zeros that are skipped save some.");
    }

    private static string[] Cells(double median, double least, double? gigaflops, double? share) =>
        [NumberText.Measured(median), NumberText.Measured(least), NumberText.Measured(gigaflops), NumberText.WholePercent(share)];
}
