namespace Gala.Environments.MinAtar;

/// <summary>Movers in order of insertion, in memory taken once.</summary>
internal sealed class MoverList(int capacity)
{
    private readonly Mover[] _movers = new Mover[capacity];

    public int Count { get; private set; }

    public ref Mover this[int index] => ref _movers[index];

    public ReadOnlySpan<Mover> All => _movers.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(Mover mover) => _movers[Count++] = mover;

    /// <summary>Removes one; those behind it move up.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        for (int i = index; i < Count; i++)
        {
            _movers[i] = _movers[i + 1];
        }
    }

    /// <summary>Index of the first mover in cell (x, y), or −1.</summary>
    public int FirstOn(int x, int y)
    {
        ReadOnlySpan<Mover> all = All;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].IsOn(x, y))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Removes the first mover in cell (x, y), if there is one. Returns whether there was.</summary>
    public bool RemoveFirstOn(int x, int y)
    {
        int index = FirstOn(x, y);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (Mover mover in All)
        {
            writer.Write(mover.X);
            writer.Write(mover.Y);
            writer.Write(mover.MoveTimer);
            writer.Write(mover.ShotTimer);
            writer.Write(mover.Right);
        }
    }

    public void LoadState(BinaryReader reader)
    {
        int count = reader.ReadBetween(0, _movers.Length, "a number of objects");
        Clear();
        for (int i = 0; i < count; i++)
        {
            Mover mover = new(reader.ReadSByte(), reader.ReadSByte(), false, reader.ReadSByte(), reader.ReadSByte())
            {
                Right = reader.ReadBoolean(),
            };
            if (!Board.HasColumn(mover.X) || !Board.HasColumn(mover.Y) || mover.MoveTimer < 0 || mover.ShotTimer < 0)
            {
                throw new InvalidDataException($"Saved state is damaged: an object stands at ({mover.X}, {mover.Y}).");
            }

            Add(mover);
        }
    }
}
