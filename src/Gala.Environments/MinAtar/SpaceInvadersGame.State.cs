namespace Gala.Environments.MinAtar;

internal sealed partial class SpaceInvadersGame
{
    public void Observe(Span<float> observation)
    {
        observation.Clear();
        observation[Board.Cell(_position, Board.Last) * Channels] = 1;
        Board.Mark(_aliens, 1, Channels, observation);
        Board.Mark(_aliens, _alienDirection < 0 ? 2 : 3, Channels, observation);
        Board.Mark(_shots, 4, Channels, observation);
        Board.Mark(_enemyShots, 5, Channels, observation);
    }

    public void SaveState(BinaryWriter writer)
    {
        Write(writer, _aliens);
        Write(writer, _shots);
        Write(writer, _enemyShots);
        writer.Write(_position);
        writer.Write(_alienDirection);
        writer.Write(_moveInterval);
        writer.Write(_alienMoveTimer);
        writer.Write(_alienShotTimer);
        writer.Write(_rampIndex);
        writer.Write(_shotTimer);
        writer.Write(Terminal);
    }

    public void LoadState(BinaryReader reader)
    {
        _aliens = Read(reader);
        _shots = Read(reader);
        _enemyShots = Read(reader);
        _position = reader.ReadBetween(0, Board.Last, "the cannon");
        _alienDirection = reader.ReadBetween(-1, 1, "the aliens' direction");
        _moveInterval = reader.ReadBetween(ShortestMoveInterval, LongestMoveInterval, "the move interval");
        _alienMoveTimer = reader.ReadBetween(0, LongestMoveInterval, "the move timer");
        _alienShotTimer = reader.ReadBetween(0, AlienShotInterval, "the aliens' shot timer");
        _rampIndex = reader.ReadBetween(0, int.MaxValue, "the ramp index");
        _shotTimer = reader.ReadBetween(0, ShotInterval, "the shot timer");
        Terminal = reader.ReadBoolean();
    }

    private static void Write(BinaryWriter writer, UInt128 cells)
    {
        writer.Write((ulong)cells);
        writer.Write((ulong)(cells >> 64));
    }

    private static UInt128 Read(BinaryReader reader)
    {
        ulong low = reader.ReadUInt64();
        return new UInt128(reader.ReadUInt64(), low) & Board.All;
    }
}
