using System.Numerics;

namespace Gala.Environments.MinAtar;

internal sealed partial class BreakoutGame
{
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
}
