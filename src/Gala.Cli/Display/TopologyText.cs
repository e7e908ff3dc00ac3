using System.Globalization;
using Gala.Gossip;

namespace Gala.Cli.Display;

/// <summary>Tells a topology in lines: peers, weights, and how fast they make agents agree.</summary>
internal static class TopologyText
{
    private const int MostPrinted = 16;

    public static void Write(TextWriter output, Topology topology)
    {
        bool changes = topology.Period > 1;
        output.WriteLine($"{topology.Name}, {topology.Agents} agents{(changes ? $", {topology.Period} rounds in turn" : "")}");
        for (int round = 0; round < topology.Period; round++)
        {
            output.WriteLine();
            output.Write(changes ? $"round {round}\n" : "");
            WritePeers(output, topology, round);
            output.WriteLine();
            WriteMatrix(output, topology, round);
        }

        output.WriteLine();
        output.WriteLine($"stochastic           {Stochastic(topology)}");
        output.WriteLine($"beta                 {Number(topology.ContractionFactor)}{(changes ? "  (a round's, over the period)" : "")}");
        output.WriteLine($"spectral gap         {Number(topology.SpectralGap)}  (1 - beta)");
        output.WriteLine($"bound factor         {Number(topology.BoundFactor)}  ({(changes ? "what the rounds leave of an update, summed" : "beta / (1 - beta)")}{(topology.KeepsMean ? "" : ", of plain averages")})");
    }

    private static void WritePeers(TextWriter output, Topology topology, int round)
    {
        string[] targets = [.. Enumerable.Range(0, topology.Agents).Select(agent => Ranks(topology.OutPeers(agent, round)))];
        int column = Math.Max("sends to".Length, targets.Max(text => text.Length)) + 2;
        output.WriteLine($"agent  {"sends to".PadRight(column)}receives from");
        for (int agent = 0; agent < topology.Agents; agent++)
        {
            output.WriteLine($"{agent,5}  {targets[agent].PadRight(column)}{Ranks(topology.InPeers(agent, round))}");
        }
    }

    private static void WriteMatrix(TextWriter output, Topology topology, int round)
    {
        double[,] matrix = topology.MixingMatrix(round);
        if (topology.Agents > MostPrinted)
        {
            output.WriteLine($"mixing matrix P: {topology.Agents} x {topology.Agents}, printed for up to {MostPrinted} agents");
            return;
        }

        output.WriteLine("mixing matrix P (row: receives, column: sends)");
        for (int row = 0; row < topology.Agents; row++)
        {
            output.WriteLine(string.Concat(Enumerable.Range(0, topology.Agents)
                .Select(column => matrix[row, column] == 0 ? "     ." : matrix[row, column].ToString("F3", CultureInfo.InvariantCulture).PadLeft(6))));
        }
    }

    private static string Stochastic(Topology topology) => topology.KeepsMean
        ? "doubly: agents that agree stay so, and the mean is kept"
        : "row: agents that agree stay so; the mean takes push-sum";

    private static string Ranks(ReadOnlySpan<int> ranks) => ranks.IsEmpty ? "-" : string.Join(' ', ranks.ToArray());

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : "infinite";
}
