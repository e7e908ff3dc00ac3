namespace Gala.Environments.MinAtar;

/// <summary>What is fixed about a game.</summary>
/// <param name="Name">As in <c>minatar/name</c> and in trace files.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="MinimalActions">Ids of the actions that matter, in the order of the minimal action set.</param>
/// <param name="ChannelNames">One for each channel of the observation.</param>
/// <param name="HighestReward">Bound of the reward of one step; the lowest is 0.</param>
/// <param name="Create">Makes the game, with or without difficulty ramping.</param>
internal sealed record GameDescription(
    string Name,
    string Summary,
    int[] MinimalActions,
    string[] ChannelNames,
    int HighestReward,
    Func<bool, IMinAtarGame> Create)
{
    /// <summary>Names of the six actions, by id.</summary>
    public static readonly string[] ActionNames = ["no-op", "left", "up", "right", "down", "fire"];

    private static readonly GameDescription[] All =
    [
        new("asterix", "collect gold, dodge enemies", [0, 1, 2, 3, 4], ["player", "enemy", "trail", "gold"], 1,
            ramping => new AsterixGame(ramping)),
        new("breakout", "keep the ball in play, remove bricks", [0, 1, 3], ["paddle", "ball", "trail", "brick"], 1,
            _ => new BreakoutGame()),
        new("freeway", "cross eight rows of cars", [0, 2, 4],
            ["chicken", "car", "speed1", "speed2", "speed3", "speed4", "speed5"], 1, _ => new FreewayGame()),
        // A rescue gives at most 9 of the 10 gauge units (some oxygen was used), and two shots at most are under way.
        new("seaquest", "shoot, rescue divers, surface for air", [0, 1, 2, 3, 4, 5],
            ["sub_front", "sub_back", "friendly_bullet", "trail", "enemy_bullet", "enemy_fish", "enemy_sub", "oxygen_guage",
                "diver_guage", "diver"], 11, ramping => new SeaquestGame(ramping)),
        new("space_invaders", "shoot waves of aliens", [0, 1, 3, 5],
            ["cannon", "alien", "alien_left", "alien_right", "friendly_bullet", "enemy_bullet"], 2,
            ramping => new SpaceInvadersGame(ramping)),
    ];

    public int Channels => ChannelNames.Length;

    public static GameDescription Of(MinAtarGame game) => All[(int)game];

    /// <summary>The game of a name, or null.</summary>
    public static GameDescription? Find(string name) => Array.Find(All, description => description.Name == name);
}
