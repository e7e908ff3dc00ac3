using Gala.Measuring;

namespace Gala.Cli.Display;

/// <summary>What <c>gala bench training</c> found: a row for each number of agents, and one for each agent.</summary>
internal static class TrainingTable
{
    private static readonly string[] Paces = [" agents", " frames/s", " mixes", " behind", " behind, 99%"];
    private static readonly string[] Shares = [" agents", " agent", " act", " simulate", " learn", " optimise", " gossip", " wait"];

    public static void Write(GalaConsole console, TrainingsMeasurement measured)
    {
        MeasurementTable.Write(console, Paces, measured.Trainings.Select(PaceRow));
        console.Out.WriteLine($"{measured.Environment}, network {measured.Network}, {measured.SimulatorsPerAgent} simulators an agent.");
        console.Out.WriteLine("Frames/s of all agents together, the share of exchanges with a mix, and how many updates behind its oldest message was.");
        console.Out.WriteLine();
        MeasurementTable.Write(console, Shares, measured.Trainings.SelectMany(ShareRows));
        console.Out.WriteLine("What the time of each agent goes to, but for the time in which others have the processors.");
    }

    private static string[] PaceRow(TrainingMeasurement training) =>
    [
        NumberText.Whole(training.Agents),
        NumberText.Whole(training.FramesPerSecond),
        NumberText.WholePercent(training.MixShare),
        NumberText.Measured(training.Staleness),
        training.Staleness99 is { } most ? NumberText.Whole(most) : "",
    ];

    private static IEnumerable<string[]> ShareRows(TrainingMeasurement training) => training.Shares.Select((agent, i) => (string[])
    [
        i == 0 ? NumberText.Whole(training.Agents) : "",
        NumberText.Whole(agent.Rank),
        .. ((double[])[agent.Act, agent.Simulate, agent.Learn, agent.Optimize, agent.Gossip, agent.Wait]).Select(share => NumberText.WholePercent(share)),
    ]);
}
