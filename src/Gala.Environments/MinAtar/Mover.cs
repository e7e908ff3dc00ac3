namespace Gala.Environments.MinAtar;

/// <summary>Something that crosses the board in one row: a shot, a diver, a fish or an enemy sub. Timers unused by a kind stay 0.</summary>
internal struct Mover(int x, int y, bool right, int moveTimer = 0, int shotTimer = 0)
{
    public sbyte X = (sbyte)x;
    public sbyte Y = (sbyte)y;
    public sbyte MoveTimer = (sbyte)moveTimer;
    public sbyte ShotTimer = (sbyte)shotTimer;
    public bool Right = right;

    public readonly int Behind => Right ? X - 1 : X + 1;

    public readonly bool IsOn(int x, int y) => X == x && Y == y;

    /// <summary>Moves one column on. Returns whether that is still on the board.</summary>
    public bool Advance()
    {
        X += (sbyte)(Right ? 1 : -1);
        return Board.HasColumn(X);
    }
}
