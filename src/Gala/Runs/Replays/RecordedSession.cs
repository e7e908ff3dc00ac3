using System.Runtime.InteropServices;

namespace Gala.Runs;

/// <summary>One session as its record tells it: of one process, or of all.</summary>
internal sealed record RecordedSession
{
    /// <summary>How it began.</summary>
    public required RecordedStart Start { get; init; }

    /// <summary>What was decided for each agent.</summary>
    public required IReadOnlyList<byte[]> Decisions { get; init; }

    /// <summary>The last checkpoint that was about to be written; null if there was none.</summary>
    public RecordedState? LastCheckpoint { get; init; }

    /// <summary>How it ended; null if it was cut off.</summary>
    public RecordedState? End { get; init; }

    /// <summary>The sessions of one process's record.</summary>
    /// <exception cref="InvalidRunException">There is no record, or it is damaged.</exception>
    public static IReadOnlyList<RecordedSession> ReadAll(string path)
    {
        try
        {
            List<List<RecordBlock>> sessions = [];
            foreach (RecordBlock block in RecordFile.Read(path))
            {
                if (block.Kind == RecordBlockKind.Start)
                {
                    sessions.Add([]);
                }
                else if (sessions.Count == 0)
                {
                    throw new InvalidDataException("it does not begin with a session's start");
                }

                sessions[^1].Add(block);
            }

            return [.. sessions.Select(Of)];
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidRunException($"the record {OneLine.QuotePath(path)} is damaged: {OneLine.Message(exception).TrimEnd('.')}; the run cannot be replayed", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRunException($"cannot read the record {OneLine.QuotePath(path)}: {OneLine.Message(exception).TrimEnd('.')}", exception);
        }
    }

    /// <summary>One session of all processes.</summary>
    /// <param name="parts">What each process tells of it, in their order.</param>
    public static RecordedSession Merge(IReadOnlyList<RecordedSession> parts)
    {
        int agents = parts[0].Decisions.Count;
        return parts.Count == 1 ? parts[0] : new RecordedSession
        {
            Start = parts[0].Start with { State = All(parts, part => part.Start.State)!, IsResumed = parts.Any(part => part.Start.IsResumed) },
            Decisions = [.. parts.SelectMany(part => part.Decisions)],
            LastCheckpoint = All(parts, part => part.LastCheckpoint ?? (part.Start.IsResumed ? part.Start.State : null)),
            End = All(parts, part => part.End),
        };

        RecordedState? All(IReadOnlyList<RecordedSession> all, Func<RecordedSession, RecordedState?> stateOf)
        {
            RecordedState?[] states = [.. all.Select(stateOf)];
            return Array.Exists(states, state => state is null) ? null : new RecordedState
            {
                Updates = [.. states.SelectMany(state => state!.Updates)],
                Episodes = states.Sum(state => state!.Episodes),
                EarlierEpisodes = states.Sum(state => state!.EarlierEpisodes),
                BestMeanReturn100 = states.Max(state => state!.BestMeanReturn100),
                Failures = [.. states.SelectMany((state, process) => state!.Failures.Select(failure => failure with { Rank = failure.Rank + (process * agents) }))],
            };
        }
    }

    private static RecordedSession Of(List<RecordBlock> blocks)
    {
        RecordedStart start = Read(blocks[0], RecordedStart.ReadFrom);
        List<byte>[] decisions = [.. start.State.Updates.Select(_ => new List<byte>())];
        RecordedState? checkpoint = null, end = null;
        foreach (RecordBlock block in CollectionsMarshal.AsSpan(blocks)[1..])
        {
            switch (block.Kind)
            {
                case RecordBlockKind.Decisions:
                    int position = 0;
                    if (!Decision.TryReadNumber(block.Content, ref position, out ulong agent) || agent >= (ulong)decisions.Length)
                    {
                        throw new InvalidDataException("a block is of an agent that there is not");
                    }

                    decisions[agent].AddRange(block.Content.AsSpan(position));
                    break;
                case RecordBlockKind.Checkpoint:
                    checkpoint = Read(block, RecordedState.ReadFrom);
                    break;
                case RecordBlockKind.End:
                    end = Read(block, RecordedState.ReadFrom);
                    break;
                default:
                    throw new InvalidDataException($"a block is of kind {(byte)block.Kind}, which this version does not know");
            }
        }

        return new RecordedSession { Start = start, Decisions = [.. decisions.Select(bytes => bytes.ToArray())], LastCheckpoint = checkpoint, End = end };
    }

    private static T Read<T>(RecordBlock block, Func<BinaryReader, T> read)
    {
        using BinaryReader reader = new(new MemoryStream(block.Content));
        return read(reader);
    }
}
