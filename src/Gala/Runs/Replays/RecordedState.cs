namespace Gala.Runs;

/// <summary>Where the agents of one process stand: at a session's start, in a checkpoint, at the end.</summary>
internal sealed record RecordedState
{
    /// <summary>Updates of each agent.</summary>
    public required long[] Updates { get; init; }

    /// <summary>Episodes that have ended, over all sessions.</summary>
    public long Episodes { get; init; }

    /// <summary>As <see cref="Checkpoints.Checkpoint.EarlierEpisodes"/>.</summary>
    public long EarlierEpisodes { get; init; }

    /// <summary>Highest mean return of 100 episodes so far.</summary>
    public double? BestMeanReturn100 { get; init; }

    /// <summary>Agents that have failed.</summary>
    public IReadOnlyList<RecordedFailure> Failures { get; init; } = [];

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Updates.Length);
        Array.ForEach(Updates, writer.Write);
        writer.Write(Episodes);
        writer.Write(EarlierEpisodes);
        writer.Write(BestMeanReturn100 ?? double.NaN);
        writer.Write(Failures.Count);
        foreach (RecordedFailure failure in Failures)
        {
            writer.Write(failure.Rank);
            writer.Write(failure.Played);
            writer.Write(failure.Episodes);
            writer.Write(failure.Reason);
        }
    }

    public static RecordedState ReadFrom(BinaryReader reader)
    {
        long[] updates = new long[Count(reader)];
        for (int i = 0; i < updates.Length; i++)
        {
            updates[i] = reader.ReadInt64();
        }

        (long episodes, long earlier, double best) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble());
        RecordedFailure[] failures = new RecordedFailure[Count(reader)];
        for (int i = 0; i < failures.Length; i++)
        {
            failures[i] = new RecordedFailure(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadString());
        }

        return new RecordedState
        {
            Updates = updates,
            Episodes = episodes,
            EarlierEpisodes = earlier,
            BestMeanReturn100 = double.IsNaN(best) ? null : best,
            Failures = failures,
        };
    }

    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= 1 << 20 and int count ? count : throw new InvalidDataException("a number of agents cannot be");
}
