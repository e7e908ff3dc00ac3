using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench training</c> found, as a table of one row an agent.</summary>
internal static class TrainingTable
{
    private static readonly string[] Names =
        [" agents", " frames/s", " agent", " act", " simulate", " learn", " optimise", " gossip", " wait"];

    public static void Write(GalaConsole console, TrainingsMeasurement measured)
    {
        MeasurementTable.Write(console, Names, measured.Trainings.SelectMany(Rows));
        console.Out.WriteLine($"{measured.Environment}, network {measured.Network}, {measured.SimulatorsPerAgent} simulators an agent.");
        console.Out.WriteLine("Frames/s of all agents together, and what the time of each goes to.");
    }

    private static IEnumerable<string[]> Rows(TrainingMeasurement training) => training.Shares.Select((agent, i) => (string[])
    [
        i == 0 ? NumberText.Whole(training.Agents) : "",
        i == 0 ? NumberText.Whole(training.FramesPerSecond) : "",
        NumberText.Whole(agent.Rank),
        .. ((double[])[agent.Act, agent.Simulate, agent.Learn, agent.Optimize, agent.Gossip, agent.Wait]).Select(share => NumberText.WholePercent(share)),
    ]);
}
