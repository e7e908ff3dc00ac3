namespace Gala.Environments.MinAtar;

internal sealed partial class AsterixGame
{
    public void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[Board.Cell(_playerX, _playerY) * Channels] = 1;
        for (int slot = 0; slot < Slots; slot++)
        {
            if ((_taken & (1u << slot)) == 0)
            {
                continue;
            }

            int x = _columns[slot];
            int cell = Board.Cell(x, slot + 1) * Channels;
            bool right = (_right & (1u << slot)) != 0;
            observation[cell + ((_gold & (1u << slot)) != 0 ? 3 : 1)] = 1;
            if (Board.HasColumn(right ? x - 1 : x + 1))
            {
                observation[cell + (right ? -Channels : Channels) + 2] = 1;
            }
        }
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_taken);
        writer.Write(_right);
        writer.Write(_gold);
        for (int slot = 0; slot < Slots; slot++)
        {
            writer.Write((_taken & (1u << slot)) != 0 ? _columns[slot] : 0);
        }

        writer.Write(_playerX);
        writer.Write(_playerY);
        writer.Write(_spawnSpeed);
        writer.Write(_spawnTimer);
        writer.Write(_moveSpeed);
        writer.Write(_moveTimer);
        writer.Write(_rampTimer);
        writer.Write(_rampIndex);
        writer.Write(Terminal);
    }

    public void LoadState(BinaryReader reader)
    {
        _taken = reader.ReadUInt32() & 0xFF;
        _right = reader.ReadUInt32() & 0xFF;
        _gold = reader.ReadUInt32() & 0xFF;
        for (int slot = 0; slot < Slots; slot++)
        {
            _columns[slot] = reader.ReadBetween(0, Board.Last, "an entity's column");
        }

        _playerX = reader.ReadBetween(0, Board.Last, "the player's column");
        _playerY = reader.ReadBetween(1, 8, "the player's row");
        _spawnSpeed = reader.ReadBetween(1, 10, "the spawn speed");
        _spawnTimer = reader.ReadBetween(0, 10, "the spawn timer");
        _moveSpeed = reader.ReadBetween(1, 5, "the move speed");
        _moveTimer = reader.ReadBetween(0, 5, "the move timer");
        _rampTimer = reader.ReadBetween(-1, RampInterval, "the ramp timer");
        _rampIndex = reader.ReadBetween(0, int.MaxValue, "the ramp index");
        Terminal = reader.ReadBoolean();
    }
}
