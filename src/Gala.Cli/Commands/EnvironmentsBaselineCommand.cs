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
    private readonly ValueOption _maxSteps = PlayOptions.MaxSteps();
    private readonly SwitchOption _json = new("--json", "Print one JSON object, mean returns by environment");

    public EnvironmentsBaselineCommand()
        : base("baseline", "Plays at random and reports the returns: what any trained agent has to beat.")
    {
        Add(_environments);
        Add(_episodes);
        Add(_seed);
        Add(_maxSteps);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["gala environments baseline minatar/breakout minatar/asterix:sticky=0"];

    public override int Execute(Invocation invocation)
    {
        int episodes = (int)(invocation.Whole(_episodes, 1, 1_000_000) ?? DefaultEpisodes);
        ulong seed = invocation.Seed(_seed) ?? DefaultSeed;
        int maxSteps = invocation.MaxSteps(_maxSteps);
        IReadOnlyList<string> environments = invocation.Texts(_environments);
        NoteUnknown(invocation, environments);
        invocation.ThrowIfRefused();
        return Interruption.Stoppable(invocation.Console, stop =>
        {
            Dictionary<string, double> means = [];
            foreach (string environment in environments)
            {
                EpisodeSample sample = RandomBaseline.Play(environment, episodes, seed, maxSteps, stop);
                means[environment] = sample.MeanReturn;
                Tell(invocation, environment, episodes, sample, maxSteps);
            }

            if (invocation.Has(_json))
            {
                invocation.Console.Out.WriteLine(JsonSerializer.Serialize(means));
            }

            return 0;
        });
    }

    /// <summary>The line of an environment, and remarks on its episodes; where the output is JSON, those alone, apart from it.</summary>
    private void Tell(Invocation invocation, string environment, int episodes, EpisodeSample sample, int maxSteps)
    {
        IEnumerable<string> remarks = PlayOptions.Remarks(sample.CutEpisodes, sample.SkippedEpisodes, maxSteps);
        if (invocation.Has(_json))
        {
            foreach (string remark in remarks)
            {
                invocation.Console.Error.WriteLine($"{environment}: {remark}");
            }

            return;
        }

        invocation.Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{environment}: return {sample.MeanReturn:F2} +/- {sample.StandardError:F2} over {episodes:N0} episodes of {sample.MeanLength:F1} steps"));
        foreach (string remark in remarks)
        {
            invocation.Console.Out.WriteLine($"  {remark}");
        }
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
