namespace Gala.Environments.MinAtar;

/// <summary>The six actions, the same in every game; one to which a game gives no meaning acts as <see cref="NoOp"/>.</summary>
internal enum GameAction
{
    NoOp,
    Left,
    Up,
    Right,
    Down,
    Fire,
}
