using System.Numerics;

namespace Gala.Environments.MinAtar;

/// <summary>Breakout: a paddle keeps a diagonally moving ball in play, and the ball removes bricks.</summary>
internal sealed class BreakoutGame : IMinAtarGame
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

    public void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[(Board.Cell(_paddle, PaddleRow) * Channels) + 0] = 1;
        observation[(Board.Cell(_ballX, _ballY) * Channels) + 1] = 1;
        observation[(Board.Cell(_lastX, _lastY) * Channels) + 2] = 1;
        const int First = (FirstBrickRow * Board.Size * Channels) + 3;
        for (uint bricks = _bricks; bricks != 0; bricks &= bricks - 1)
        {
            observation[First + (BitOperations.TrailingZeroCount(bricks) * Channels)] = 1;
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_ballX);
        writer.Write(_ballY);
        writer.Write(_lastX);
        writer.Write(_lastY);
        writer.Write(_stepX > 0);
        writer.Write(_stepY > 0);
        writer.Write(_paddle);
        writer.Write(_bricks);
        writer.Write(_strike);
        writer.Write(Terminal);
    }

    public void LoadState(BinaryReader reader)
    {
        _ballX = reader.ReadBetween(0, Board.Last, "the ball's column");
        _ballY = reader.ReadBetween(0, Board.Last, "the ball's row");
        _lastX = reader.ReadBetween(0, Board.Last, "the ball's last column");
        _lastY = reader.ReadBetween(0, Board.Last, "the ball's last row");
        _stepX = reader.ReadBoolean() ? 1 : -1;
        _stepY = reader.ReadBoolean() ? 1 : -1;
        _paddle = reader.ReadBetween(0, Board.Last, "the paddle");
        _bricks = reader.ReadUInt32() & AllBricks;
        _strike = reader.ReadBoolean();
        Terminal = reader.ReadBoolean();
        if (_ballY == PaddleRow && !Terminal)
        {
            throw new InvalidDataException("Saved state is damaged: the ball is lost and the game goes on.");
        }
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
