namespace Gala.Environments;

/// <summary>The last finished episodes of one agent, and how many there were in all.</summary>
/// <remarks>One thread, the agent's, writes and never waits; any thread may read. The writer makes <c>_version</c> odd, changes the
/// ring and makes it even again; a reader that saw an odd version, or another one after copying than before, copies anew, so it never
/// hands out a torn value. Writing allocates nothing.</remarks>
public sealed class EpisodeLog : IResumable
{
    /// <summary>Number of episodes kept.</summary>
    public const int Capacity = 100;

    private const uint StateTag = 0x33474C45; // "ELG3", little-endian, of checkpoints since format 3
    private const uint OldStateTag = 0x474F4C45; // "ELOG", of those before, which ordered episodes by step

    private readonly Episode[] _ring = new Episode[Capacity]; // written by the owner only; published by _version
    private long _total; // likewise
    private long _version; // likewise; odd while the ring is being changed

    /// <summary>Finished episodes in all.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>Copies the last episodes, oldest first, as they stood at one moment.</summary>
    /// <param name="destination">Written from the start; what does not fit is left out, oldest first.</param>
    /// <param name="total">Finished episodes in all at that moment.</param>
    /// <returns>Number of episodes copied, at most <see cref="Capacity"/>.</returns>
    public int CopyTo(Span<Episode> destination, out long total)
    {
        SpinWait spin = default;
        while (true)
        {
            long version = Volatile.Read(ref _version);
            if (version % 2 == 0)
            {
                total = _total;
                int count = (int)Math.Min(Math.Min(total, Capacity), destination.Length);
                for (int i = 0; i < count; i++)
                {
                    destination[i] = _ring[(int)((total - count + i) % Capacity)];
                }

                Thread.MemoryBarrier(); // the copies are made before the version is read again
                if (Volatile.Read(ref _version) == version)
                {
                    return count;
                }
            }

            spin.SpinOnce();
        }
    }

    /// <summary>The last episodes, oldest first, as they stood at one moment. Allocates.</summary>
    public Episode[] ToArray()
    {
        Span<Episode> episodes = new Episode[Capacity];
        return episodes[..CopyTo(episodes, out _)].ToArray();
    }

    /// <summary>The last episodes of several agents together: sorted by <see cref="Episode.CompareTo"/>, at most
    /// <see cref="Capacity"/> of them. Allocates.</summary>
    public static Episode[] Merge(IEnumerable<EpisodeLog> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        return [.. logs.SelectMany(log => log.ToArray()).Order().TakeLast(Capacity)];
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Episode[] episodes = new Episode[Capacity];
        int count = CopyTo(episodes, out long total);
        writer.Write(StateTag);
        writer.Write(total);
        foreach (Episode episode in episodes.AsSpan(0, count))
        {
            writer.Write(episode.Step);
            writer.Write(episode.Simulator);
            writer.Write(episode.Return);
            writer.Write(episode.Length);
            writer.Write(episode.Order);
        }
    }

    /// <inheritdoc />
    /// <remarks>Only the writing thread may call it.</remarks>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        StateReading.Guard(reader, nameof(EpisodeLog), Restore);
    }

    internal void Add(in Episode episode)
    {
        BeginChange();
        _ring[(int)(_total % Capacity)] = episode;
        _total++;
        EndChange();
    }

    internal void Clear()
    {
        BeginChange();
        _total = 0;
        EndChange();
    }

    private void Restore(BinaryReader reader)
    {
        bool isOld = reader.ExpectTag(StateTag, OldStateTag, "episode log") == OldStateTag;
        long total = reader.ReadInt64();
        if (total < 0)
        {
            throw new InvalidDataException($"Saved state is damaged: the number of episodes is {total}.");
        }

        Episode[] episodes = new Episode[Math.Min(total, Capacity)];
        for (int i = 0; i < episodes.Length; i++)
        {
            episodes[i] = ReadEpisode(reader, isOld);
        }

        BeginChange(); // after all is read: a state that is cut off must not leave the log as if it were being changed
        for (int i = 0; i < episodes.Length; i++)
        {
            _ring[(int)((total - episodes.Length + i) % Capacity)] = episodes[i];
        }

        _total = total;
        EndChange();
    }

    private static Episode ReadEpisode(BinaryReader reader, bool isOld)
    {
        Episode episode = new(reader.ReadInt64(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32());
        long order = isOld ? episode.Step : reader.ReadInt64();
        return order is >= 0 and <= EpisodeOrder.Largest
            ? episode with { Order = order }
            : throw new InvalidDataException($"Saved state is damaged: the place of an episode is {order}.");
    }

    private void BeginChange()
    {
        Volatile.Write(ref _version, _version + 1);
        Thread.MemoryBarrier(); // the odd version is seen before any change
    }

    private void EndChange() => Volatile.Write(ref _version, _version + 1);
}
