using Gala.Environments.ClassicControl;
using Gala.Environments.Memory;
using Gala.Environments.MinAtar;

namespace Gala.Environments;

/// <summary>The environments that come with the library.</summary>
internal static class BuiltInEnvironments
{
    private static readonly EnvironmentOption[] MinAtarOptionList =
    [
        new("sticky", "0 to 1", "0.1", "probability that a step repeats the action before"),
        new("ramping", "true|false", "true", "games get harder with time"),
        new("actions", "full|minimal", "full", "all six actions, or only those that matter in the game"),
    ];

    public static EnvironmentRegistry AddTo(EnvironmentRegistry registry)
    {
        foreach (MinAtarGame game in Enum.GetValues<MinAtarGame>())
        {
            GameDescription description = GameDescription.Of(game);
            registry.Register(new EnvironmentEntry
            {
                Id = "minatar/" + description.Name,
                Summary = description.Summary,
                Options = MinAtarOptionList,
                Create = settings => CreateMinAtar(game, settings),
            });
        }

        registry.Register(new EnvironmentEntry
        {
            Id = "classic/cartpole",
            Summary = "balance a pole on a cart",
            Options = [new("limit", "1 or more", "500", "truncates episodes after so many steps")],
            Create = settings => new CartPole(
                new StreamRandomSource(0), settings.WholeNumber("limit", CartPole.DefaultLimit, 1, int.MaxValue)),
        });
        registry.Register(new EnvironmentEntry
        {
            Id = "memory/cue",
            Summary = "remember a cue to the end of a corridor",
            Options = [new("length", "1 or more", "10", "cells from the cue to the junction, where it counts")],
            Create = settings => new Cue(new StreamRandomSource(0), settings.WholeNumber("length", Cue.DefaultLength, 1, int.MaxValue)),
        });
        return registry;
    }

    private static MinAtarEnvironment CreateMinAtar(MinAtarGame game, EnvironmentSettings settings) => new(
        new MinAtarOptions
        {
            Game = game,
            StickyProbability = settings.Number("sticky", 0.1, 0, 1),
            DifficultyRamping = settings.Flag("ramping", true),
            MinimalActions = settings.Choice("actions", "full", "full", "minimal") == "minimal",
        },
        new StreamRandomSource(0));
}
