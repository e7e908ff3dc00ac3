namespace Gala.Environments.MinAtar;

internal sealed partial class SeaquestGame
{
    private const int TrailChannel = 3;

    private int OxygenGauge => Math.Max(0, _oxygen) * Board.Size / FullOxygen;

    public void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[Board.Cell(_subX, _subY) * Channels] = 1;
        observation[(Board.Cell(_facingRight ? _subX - 1 : _subX + 1, _subY) * Channels) + 1] = 1;
        Mark(_shots, 2, observation);
        Mark(_enemyShots, 4, observation);
        MarkWithTrail(_fish, 5, observation);
        MarkWithTrail(_enemySubs, 6, observation);
        MarkWithTrail(_divers, 9, observation);
        for (int x = OxygenGauge - 1; x >= 0; x--)
        {
            observation[(Board.Cell(x, Board.Last) * Channels) + 7] = 1;
        }

        for (int x = Board.Last - _diverCount; x < Board.Last; x++)
        {
            observation[(Board.Cell(x, Board.Last) * Channels) + 8] = 1;
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        _shots.SaveState(writer);
        _enemyShots.SaveState(writer);
        _fish.SaveState(writer);
        _enemySubs.SaveState(writer);
        _divers.SaveState(writer);
        writer.Write(_subX);
        writer.Write(_subY);
        writer.Write(_oxygen);
        writer.Write(_diverCount);
        writer.Write(_spawnSpeed);
        writer.Write(_spawnTimer);
        writer.Write(_diverTimer);
        writer.Write(_moveSpeed);
        writer.Write(_rampIndex);
        writer.Write(_shotTimer);
        writer.Write(_facingRight);
        writer.Write(_atSurface);
        writer.Write(Terminal);
    }

    public void LoadState(BinaryReader reader)
    {
        _shots.LoadState(reader);
        _enemyShots.LoadState(reader);
        _fish.LoadState(reader);
        _enemySubs.LoadState(reader);
        _divers.LoadState(reader);
        _subX = reader.ReadBetween(0, Board.Last, "the sub's column");
        _subY = reader.ReadBetween(0, LowestRow, "the sub's row");
        _oxygen = reader.ReadBetween(-1, FullOxygen, "the oxygen");
        _diverCount = reader.ReadBetween(-1_000_000, FullCrew, "the number of divers");
        _spawnSpeed = reader.ReadBetween(1, 20, "the spawn speed");
        _spawnTimer = reader.ReadBetween(0, 20, "the spawn timer");
        _diverTimer = reader.ReadBetween(0, DiverInterval, "the diver timer");
        _moveSpeed = reader.ReadBetween(2, 5, "the move speed");
        _rampIndex = reader.ReadBetween(0, int.MaxValue, "the ramp index");
        _shotTimer = reader.ReadBetween(0, ShotInterval, "the shot timer");
        _facingRight = reader.ReadBoolean();
        _atSurface = reader.ReadBoolean();
        Terminal = reader.ReadBoolean();
        if (!Board.HasColumn(_facingRight ? _subX - 1 : _subX + 1))
        {
            throw new InvalidDataException("Saved state is damaged: the sub's back is off the board.");
        }
    }

    private static void Mark(MoverList movers, int channel, Span<float> observation)
    {
        foreach (ref readonly Mover mover in movers.All)
        {
            observation[(Board.Cell(mover.X, mover.Y) * Channels) + channel] = 1;
        }
    }

    private static void MarkWithTrail(MoverList movers, int channel, Span<float> observation)
    {
        foreach (ref readonly Mover mover in movers.All)
        {
            observation[(Board.Cell(mover.X, mover.Y) * Channels) + channel] = 1;
            int behind = mover.Behind;
            if (Board.HasColumn(behind))
            {
                observation[(Board.Cell(behind, mover.Y) * Channels) + TrailChannel] = 1;
            }
        }
    }
}
