using Gala.Runs;

namespace Gala.Cli.Display;

/// <summary>What a run is, in a few words.</summary>
/// <param name="Environment">Environment with its options.</param>
/// <param name="Facts">Architecture, size, network, learning rate.</param>
internal sealed record RunHeading(string Environment, IReadOnlyList<string> Facts)
{
    /// <summary>The heading of a run's options; null if they are not known.</summary>
    public static RunHeading Of(RunOptions? options)
    {
        if (options is null)
        {
            return new RunHeading("run", []);
        }

        List<string> facts = [options.Architecture];
        int agents = options.Agents ?? 1;
        facts.Add(agents == 1 ? $"{options.Simulators} simulators" : $"{agents} agents x {options.Simulators} simulators");
        if (options.Processes > 1)
        {
            facts.Add($"in each of {options.Processes} processes");
        }

        if (options.Network is { } network)
        {
            facts.Add(network);
        }

        if (options.LearningRate is { } rate)
        {
            facts.Add($"rate {NumberText.Setting(rate)}");
        }

        return new RunHeading(PlainText.Line(options.Environment), facts);
    }
}
