using Gala.Gossip;
using YamlDotNet.Core;

namespace Gala.Runs;

/// <summary>A graph of the user's own as a YAML file: <c>agents</c>, and <c>edges</c> or, if it changes, <c>rounds</c> of edges.</summary>
/// <example><code>
/// agents: 3
/// rounds:
///   - [0 -> 1, 1 -> 2, 2 -> 0]
///   - [0 &lt;-> 2]
/// </code></example>
public static class TopologyFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or is no graph whose agents can agree; the message has one line.</exception>
    public static EdgeListTopology Read(string path) => RunOptionsFile.TryReadText(path, out string text, out OptionProblem? problem)
        ? Parse(text, path)
        : throw new ArgumentException(problem!.Message);

    /// <summary>Reads YAML text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Name of the graph, and of the text in messages.</param>
    /// <exception cref="ArgumentException">It is no graph whose agents can agree; the message has one line.</exception>
    public static EdgeListTopology Parse(string yaml, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        try
        {
            (int agents, List<List<(int From, int To)>> rounds) = new TopologyYaml(yaml).Read();
            return new EdgeListTopology(source, agents, [.. rounds]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IndexOutOfRangeException)
        {
            throw new ArgumentException($"{OneLine.Clean(source)}: broken YAML: {OneLine.Message(exception)}", exception); // the parser's own slips
        }
        catch (YamlException exception)
        {
            throw new ArgumentException($"{OneLine.Clean(source)}, line {exception.Start.Line}: {OneLine.Message(exception).TrimEnd('.')}.", exception);
        }
    }
}
