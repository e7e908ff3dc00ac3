using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench environments</c> found, as a table.</summary>
internal static class EnvironmentTable
{
    public static void Write(GalaConsole console, EnvironmentsMeasurement measured)
    {
        MeasurementTable.Write(console, ["environment", " steps/s, batch of 16", " steps/s, bare"], measured.Environments.Select(one => (string[])
            [one.Environment, NumberText.Whole(one.StepsPerSecond), NumberText.Whole(one.BareStepsPerSecond)]));
        console.Out.WriteLine("One core, random actions.");
    }
}
