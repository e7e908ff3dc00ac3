using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gala.Environments;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala environments baseline</c>.</summary>
internal sealed class EnvironmentsBaselineCommand : GalaCommand
{
    private const int DefaultEpisodes = 1_000;
    private const ulong DefaultSeed = 1;

    private readonly Argument<string[]> _environments = new("ID")
    {
        Description = "Environments with their options",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ValueOption _episodes = new("--episodes", "N", "Whole episodes to play") { DefaultText = "1000" };
    private readonly ValueOption _seed = PlayOptions.Seed();
    private readonly SwitchOption _json = new("--json", "Print one JSON object, mean returns by environment");

    public EnvironmentsBaselineCommand()
        : base("baseline", "Plays at random and reports the returns: what any trained agent has to beat.")
    {
        Add(_environments);
        Add(_episodes);
        Add(_seed);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["gala environments baseline minatar/breakout minatar/asterix:sticky=0"];

    public override int Execute(Invocation invocation)
    {
        int episodes = (int)(invocation.Whole(_episodes, 1, 1_000_000) ?? DefaultEpisodes);
        ulong seed = invocation.Seed(_seed) ?? DefaultSeed;
        IReadOnlyList<string> environments = invocation.Texts(_environments);
        NoteUnknown(invocation, environments);
        invocation.ThrowIfRefused();
        Dictionary<string, double> means = [];
        foreach (string environment in environments)
        {
            EpisodeSample sample = RandomBaseline.Play(environment, episodes, seed);
            means[environment] = sample.MeanReturn;
            if (!invocation.Has(_json))
            {
                invocation.Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{environment}: return {sample.MeanReturn:F2} +/- {sample.StandardError:F2} over {episodes:N0} episodes of {sample.MeanLength:F1} steps"));
            }
        }

        if (invocation.Has(_json))
        {
            invocation.Console.Out.WriteLine(JsonSerializer.Serialize(means));
        }

        return 0;
    }

    private static void NoteUnknown(Invocation invocation, IReadOnlyList<string> environments)
    {
        foreach (string environment in environments)
        {
            try
            {
                _ = EnvironmentRegistry.Default.SpecOf(environment);
            }
            catch (ArgumentException exception)
            {
                invocation.Note("ID", exception.Message);
            }
        }
    }
}
