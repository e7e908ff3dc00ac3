using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench training</c> found, as a table of one row an agent.</summary>
internal static class TrainingTable
{
    private static readonly string[] Names =
        [" agents", " frames/s", " mixes", " behind", " 99%", " agent", " act", " simulate", " learn", " optimise", " gossip", " wait"];

    public static void Write(GalaConsole console, TrainingsMeasurement measured)
    {
        MeasurementTable.Write(console, Names, measured.Trainings.SelectMany(Rows));
        console.Out.WriteLine($"{measured.Environment}, network {measured.Network}, {measured.SimulatorsPerAgent} simulators an agent.");
        console.Out.WriteLine("Frames/s of all agents together; share of exchanges with a mix; updates that its oldest message was behind, mean and 99%;");
        console.Out.WriteLine("and what the time of each agent goes to.");
    }

    private static IEnumerable<string[]> Rows(TrainingMeasurement training) => training.Shares.Select((agent, i) => (string[])
    [
        i == 0 ? NumberText.Whole(training.Agents) : "",
        i == 0 ? NumberText.Whole(training.FramesPerSecond) : "",
        i == 0 ? NumberText.WholePercent(training.MixShare) : "",
        i == 0 ? NumberText.Measured(training.Staleness) : "",
        i == 0 && training.Staleness99 is { } most ? NumberText.Whole(most) : "",
        NumberText.Whole(agent.Rank),
        .. ((double[])[agent.Act, agent.Simulate, agent.Learn, agent.Optimize, agent.Gossip, agent.Wait]).Select(share => NumberText.WholePercent(share)),
    ]);
}
