using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gala.Runs;

/// <summary>Reads a graph as a stream of events, so that no hostile file can make it grow or nest.</summary>
internal sealed class TopologyYaml(string yaml)
{
    private const int MostAgents = 1_024;
    private const string Edge = "an edge such as 0 -> 1 or 0 <-> 1";

    private readonly Parser _parser = new(new Scanner(new StringReader(yaml)));
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<List<(int From, int To)>> _rounds = [];
    private int _agents;

    /// <exception cref="YamlException">The text is no graph; the message says what was expected.</exception>
    public (int Agents, List<List<(int From, int To)>> Rounds) Read()
    {
        _parser.Consume<StreamStart>();
        _parser.TryConsume<DocumentStart>(out _);
        MappingStart start = Expect<MappingStart>("lines of the form 'agents: 4'");
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ReadEntry(Expect<Scalar>("a key"));
        }

        return _keys.Contains("agents") && _rounds.Count > 0
            ? (_agents, _rounds)
            : throw Bad("expected the number of 'agents', and 'edges' or 'rounds' of edges", start);
    }

    private void ReadEntry(Scalar key)
    {
        if (!_keys.Add(key.Value))
        {
            throw Bad($"{OneLine.Quote(key.Value)} is given twice; keep one", key);
        }

        switch (key.Value)
        {
            case "agents":
                Scalar agents = Expect<Scalar>("a number of agents");
                _agents = Number(agents.Value) is { } number and > 0 and <= MostAgents
                    ? number
                    : throw Bad(string.Create(
                        CultureInfo.InvariantCulture, $"expected a whole number of agents from 1 to {MostAgents:N0}, not {OneLine.Quote(agents.Value)}"), agents);
                break;
            case "edges" or "rounds" when _rounds.Count > 0:
                throw Bad("'edges' are those of every round, so there are no 'rounds' besides; keep one", key);
            case "edges":
                ReadRound();
                break;
            case "rounds":
                Expect<SequenceStart>("a list of rounds");
                while (!_parser.TryConsume<SequenceEnd>(out _))
                {
                    ReadRound();
                }

                break;
            default:
                throw Bad($"unknown key {OneLine.Quote(key.Value)}; expected agents, edges or rounds", key);
        }
    }

    private void ReadRound()
    {
        List<(int From, int To)> edges = [];
        Expect<SequenceStart>("a list of edges");
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            Scalar edge = Expect<Scalar>(Edge);
            string[] parts = edge.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts is not [string left, "->" or "<->", string right] || Number(left) is not { } from || Number(right) is not { } to)
            {
                throw Bad($"expected {Edge}, not {OneLine.Quote(edge.Value)}", edge);
            }

            edges.Add((from, to));
            if (parts[1] == "<->")
            {
                edges.Add((to, from));
            }
        }

        _rounds.Add(edges);
    }

    private T Expect<T>(string expected)
        where T : ParsingEvent =>
        _parser.TryConsume<T>(out T? found) ? found : throw Bad($"expected {expected}", _parser.Current!);

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static YamlException Bad(string message, ParsingEvent place) => new(place.Start, place.End, message);
}
