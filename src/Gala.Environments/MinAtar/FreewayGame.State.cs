namespace Gala.Environments.MinAtar;

internal sealed partial class FreewayGame
{
    public void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[Board.Cell(ChickenColumn, _row) * Channels] = 1;
        for (int i = 0; i < Cars; i++)
        {
            Car car = _cars[i];
            int row = i + 1;
            observation[(Board.Cell(car.X, row) * Channels) + 1] = 1;
            int behind = Wrap(car.Speed > 0 ? car.X - 1 : car.X + 1);
            observation[(Board.Cell(behind, row) * Channels) + 1 + Math.Abs(car.Speed)] = 1;
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        for (int i = 0; i < Cars; i++)
        {
            writer.Write(_cars[i].X);
            writer.Write(_cars[i].Speed);
            writer.Write(_cars[i].Timer);
        }

        writer.Write(_row);
        writer.Write(_moveTimer);
        writer.Write(_timeLeft);
        writer.Write(Terminal);
    }

    public void LoadState(BinaryReader reader)
    {
        for (int i = 0; i < Cars; i++)
        {
            _cars[i].X = reader.ReadBetween(0, Board.Last, "a car's column");
            _cars[i].Speed = reader.ReadBetween(-SlowestSpeed, SlowestSpeed, "a car's speed");
            _cars[i].Timer = reader.ReadBetween(0, SlowestSpeed, "a car's timer");
        }

        _row = reader.ReadBetween(0, StartRow, "the chicken's row");
        _moveTimer = reader.ReadBetween(0, MoveInterval, "the move timer");
        _timeLeft = reader.ReadBetween(-1, TimeLimit, "the time left");
        Terminal = reader.ReadBoolean();
    }
}
