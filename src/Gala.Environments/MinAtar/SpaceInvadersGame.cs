namespace Gala.Environments.MinAtar;

/// <summary>Space invaders: a cannon in row 9 shoots at a block of aliens that marches down and shoots back.</summary>
/// <remarks>Aliens and shots are sets of cells of 100 bits: a shift by 10 moves a set by one row, a shift by 1 by one column.</remarks>
internal sealed partial class SpaceInvadersGame(bool ramping) : IMinAtarGame
{
    public const int Channels = 6;
    private const int ShotInterval = 5;
    private const int AlienShotInterval = 10;
    private const int LongestMoveInterval = 12;
    private const int ShortestMoveInterval = 6;

    private static readonly UInt128 Wave = MakeWave();

    private readonly bool _ramping = ramping;
    private UInt128 _aliens;
    private UInt128 _shots;
    private UInt128 _enemyShots;
    private int _position;
    private int _alienDirection;
    private int _moveInterval;
    private int _alienMoveTimer;
    private int _alienShotTimer;
    private int _rampIndex;
    private int _shotTimer;

    public bool Terminal { get; private set; }

    public void Reset(IRandomSource random)
    {
        (_aliens, _shots, _enemyShots) = (Wave, 0, 0);
        _position = 5;
        _alienDirection = -1;
        (_moveInterval, _alienMoveTimer) = (LongestMoveInterval, LongestMoveInterval);
        _alienShotTimer = AlienShotInterval;
        (_rampIndex, _shotTimer) = (0, 0);
        Terminal = false;
    }

    public int Act(GameAction action, IRandomSource random)
    {
        if (Terminal)
        {
            return 0;
        }

        Play(action);
        UInt128 cannon = Board.Bit(_position, Board.Last);
        _shots >>= Board.Size;
        _enemyShots = (_enemyShots << Board.Size) & Board.All;
        bool over = ((_enemyShots | _aliens) & cannon) != 0;
        if (_alienMoveTimer == 0)
        {
            _alienMoveTimer = Math.Min((int)UInt128.PopCount(_aliens), _moveInterval);
            over |= MoveAliens();
            over |= (_aliens & cannon) != 0;
        }

        if (_alienShotTimer == 0)
        {
            _alienShotTimer = AlienShotInterval;
            _enemyShots |= Shooter();
        }

        UInt128 hits = _aliens & _shots;
        _aliens ^= hits;
        _shots ^= hits;
        _shotTimer = Math.Max(0, _shotTimer - 1);
        _alienMoveTimer--;
        _alienShotTimer--;
        if (_aliens == 0)
        {
            StartWave();
        }

        Terminal = over;
        return (int)UInt128.PopCount(hits);
    }

    private void Play(GameAction action)
    {
        switch (action)
        {
            case GameAction.Fire when _shotTimer == 0:
                _shots |= Board.Bit(_position, Board.Last);
                _shotTimer = ShotInterval;
                break;
            case GameAction.Left:
                _position = Math.Max(0, _position - 1);
                break;
            case GameAction.Right:
                _position = Math.Min(Board.Last, _position + 1);
                break;
        }
    }

    /// <summary>Moves the aliens sideways, or at the edge down. Returns whether any was in the last row at the edge: the end.</summary>
    private bool MoveAliens()
    {
        UInt128 edge = _alienDirection < 0 ? Board.FirstColumn : Board.LastColumn;
        if ((_aliens & edge) == 0)
        {
            _aliens = _alienDirection < 0 ? _aliens >> 1 : _aliens << 1;
            return false;
        }

        _alienDirection = -_alienDirection;
        UInt128 landed = _aliens & Board.LastRow;
        _aliens = ((_aliens ^ landed) << Board.Size) | (landed >> (Board.Last * Board.Size));
        return landed != 0;
    }

    /// <summary>The cell of the lowest alien in the column nearest to the cannon, the left one of two; there is always an alien.</summary>
    private UInt128 Shooter()
    {
        for (int distance = 0; distance < Board.Size; distance++)
        {
            UInt128 column = ColumnAt(_position - distance);
            column = column != 0 ? column : ColumnAt(_position + distance);
            if (column != 0)
            {
                return UInt128.One << (int)UInt128.Log2(column);
            }
        }

        return 0;
    }

    private UInt128 ColumnAt(int x) => Board.HasColumn(x) ? _aliens & (Board.FirstColumn << x) : 0;

    private void StartWave()
    {
        if (_moveInterval > ShortestMoveInterval && _ramping)
        {
            _moveInterval--;
            _rampIndex++;
        }

        _aliens = Wave;
    }

    private static UInt128 MakeWave()
    {
        UInt128 wave = 0;
        for (int y = 0; y < 4; y++)
        {
            wave |= ((UInt128)0b0011111100) << (y * Board.Size);
        }

        return wave;
    }
}
