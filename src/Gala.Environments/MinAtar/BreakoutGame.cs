namespace Gala.Environments.MinAtar;

/// <summary>Breakout: a paddle keeps a diagonally moving ball in play, and the ball removes bricks.</summary>
internal sealed partial class BreakoutGame : IMinAtarGame
{
    public const int Channels = 4;
    private const int PaddleRow = 9;
    private const int FirstBrickRow = 1;
    private const int LastBrickRow = 3;
    private const uint AllBricks = (1u << 30) - 1; // bit (y − 1) · 10 + x

    private int _ballX;
    private int _ballY;
    private int _lastX;
    private int _lastY;
    private int _stepX; // direction, −1 or 1 on either axis: mirroring is a change of sign
    private int _stepY;
    private int _paddle;
    private uint _bricks;
    private bool _strike;

    public bool Terminal { get; private set; }

    public void Reset(IRandomSource random)
    {
        bool fromRight = random.UniformInteger(0, 2) == 1;
        (_ballX, _stepX) = fromRight ? (9, -1) : (0, 1);
        (_ballY, _stepY) = (3, 1);
        (_lastX, _lastY) = (_ballX, _ballY);
        _paddle = 4;
        _bricks = AllBricks;
        _strike = false;
        Terminal = false;
    }

    public int Act(GameAction action, IRandomSource random)
    {
        if (Terminal)
        {
            return 0;
        }

        MovePaddle(action);
        (_lastX, _lastY) = (_ballX, _ballY);
        (int x, int y) = (_ballX + _stepX, _ballY + _stepY);
        if (!Board.HasColumn(x))
        {
            x = _ballX; // the ball stood at the wall already
            _stepX = -_stepX;
        }

        int reward = 0;
        bool onBrick = false;
        if (y < 0)
        {
            y = 0;
            _stepY = -_stepY;
        }
        else if (HasBrick(x, y))
        {
            onBrick = true;
            if (!_strike)
            {
                reward = 1;
                _strike = true;
                _bricks &= ~BrickBit(x, y);
                y = _lastY;
                _stepY = -_stepY;
            }
        }
        else if (y == PaddleRow)
        {
            y = MeetBottomRow(x);
        }

        _strike &= onBrick;
        (_ballX, _ballY) = (x, y);
        return reward;
    }

    private void MovePaddle(GameAction action)
    {
        if (action == GameAction.Left)
        {
            _paddle = Math.Max(0, _paddle - 1);
        }
        else if (action == GameAction.Right)
        {
            _paddle = Math.Min(Board.Last, _paddle + 1);
        }
    }

    /// <summary>The ball is about to enter the bottom row at column x: bounces it or ends the episode. Returns its new row.</summary>
    private int MeetBottomRow(int x)
    {
        if (_bricks == 0)
        {
            _bricks = AllBricks;
        }

        if (_ballX == _paddle)
        {
            _stepY = -_stepY;
            return _lastY;
        }

        if (x == _paddle)
        {
            (_stepX, _stepY) = (-_stepX, -_stepY);
            return _lastY;
        }

        Terminal = true;
        return PaddleRow;
    }

    private bool HasBrick(int x, int y) => y is >= FirstBrickRow and <= LastBrickRow && (_bricks & BrickBit(x, y)) != 0;

    private static uint BrickBit(int x, int y) => 1u << Board.Cell(x, y - FirstBrickRow);
}
