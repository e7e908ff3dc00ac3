namespace Gala.Environments.MinAtar;

/// <summary>The five games of MinAtar.</summary>
/// <remarks>Source: Young and Tian, "MinAtar: an Atari-inspired testbed", 2019, arXiv 1903.03176.</remarks>
public enum MinAtarGame
{
    /// <summary>Collect gold, dodge enemies.</summary>
    Asterix,

    /// <summary>Keep the ball in play, remove bricks.</summary>
    Breakout,

    /// <summary>Cross eight rows of cars.</summary>
    Freeway,

    /// <summary>Shoot, rescue divers, surface for air.</summary>
    Seaquest,

    /// <summary>Shoot waves of aliens.</summary>
    SpaceInvaders,
}
