namespace Gala.Environments;

/// <summary>One environment's state inside that of its batch: with its id and length, so that it gets exactly its own bytes back.</summary>
/// <param name="environment">Environment that can be saved.</param>
/// <param name="id">Its id.</param>
/// <param name="simulator">Global index of its simulator.</param>
internal readonly struct EnvironmentState(IResumable environment, string id, int simulator)
{
    private const int ChunkLength = 1 << 16;

    private string Name => $"'{id}' of simulator {simulator}";

    /// <summary>Writes id, length and state.</summary>
    /// <exception cref="EnvironmentException">The environment threw.</exception>
    public void Write(BinaryWriter writer)
    {
        byte[] state = Save();
        writer.Write(id);
        writer.Write(state.Length);
        writer.Write(state);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is another environment's state, or the environment threw, or it read more or fewer bytes.</exception>
    public void Read(BinaryReader reader)
    {
        string written = reader.ReadString();
        if (written != id)
        {
            throw new InvalidDataException($"the environment {Name} was saved as '{(written.Length > 40 ? written[..40] : written)}'");
        }

        Load(ReadBytes(reader, reader.ReadBetween(0, int.MaxValue, "the length of an environment's state")));
    }

    /// <summary>Reads a state of before checkpoint format 3, which says neither id nor length.</summary>
    /// <exception cref="InvalidDataException">The environment threw.</exception>
    public void ReadOld(BinaryReader reader) => Restore(reader);

    /// <summary>The state alone.</summary>
    /// <exception cref="EnvironmentException">The environment threw.</exception>
    public byte[] Save()
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        try
        {
            environment.SaveState(writer);
            writer.Flush();
            return memory.ToArray();
        }
#pragma warning disable CA1031 // whatever it throws is why it cannot be saved
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw EnvironmentException.Of(id, $"of simulator {simulator} cannot be saved", exception);
        }
    }

    /// <summary>Restores what <see cref="Save"/> gave.</summary>
    /// <exception cref="InvalidDataException">The environment threw, or it read more or fewer bytes.</exception>
    public void Load(byte[] state)
    {
        using WatchedMemory memory = new(state);
        using BinaryReader reader = new(memory);
        try
        {
            Restore(reader);
        }
        catch (InvalidDataException exception) when (memory.Wanted > state.Length)
        {
            throw new InvalidDataException(Counted($"reads {memory.Wanted} or more", state.Length), exception);
        }

        if (memory.Position != state.Length)
        {
            throw new InvalidDataException(Counted($"read {memory.Position}", state.Length));
        }
    }

    private string Counted(string read, int written) => $"the environment {Name}: its LoadState {read} of the {written} bytes that its SaveState wrote";

    private void Restore(BinaryReader reader)
    {
        try
        {
            environment.LoadState(reader);
        }
#pragma warning disable CA1031 // whatever it throws is why it cannot be restored
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new InvalidDataException($"the environment {Name} cannot be restored: {EnvironmentException.ReasonOf(exception)}", exception);
        }
    }

    /// <summary>In pieces, so that a damaged length asks for no more memory than there are bytes.</summary>
    private static byte[] ReadBytes(BinaryReader reader, int length)
    {
        using MemoryStream all = new();
        while (all.Length < length)
        {
            byte[] chunk = reader.ReadBytes((int)Math.Min(ChunkLength, length - all.Length));
            if (chunk.Length == 0)
            {
                throw new EndOfStreamException($"the state of an environment ends after {all.Length} of {length} bytes.");
            }

            all.Write(chunk);
        }

        return all.ToArray();
    }

    /// <summary>Notes how far somebody wanted to read.</summary>
    private sealed class WatchedMemory(byte[] content) : MemoryStream(content, writable: false)
    {
        /// <summary>End of what was asked for, beyond <see cref="MemoryStream.Length"/> where there was less.</summary>
        public long Wanted { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Note(count);
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            Note(buffer.Length);
            return base.Read(buffer);
        }

        public override int ReadByte()
        {
            Note(1);
            return base.ReadByte();
        }

        private void Note(int count) => Wanted = Math.Max(Wanted, Position + count);
    }
}
