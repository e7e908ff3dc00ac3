namespace Gala.Runs;

/// <summary>What a run's record tells, as far as it led to where the run is now.</summary>
internal sealed class RunRecord
{
    private RunRecord(IReadOnlyList<(RecordedSession Session, RecordedState Until)> sessions, bool isWhole) => (Sessions, IsWhole) = (sessions, isWhole);

    /// <summary>Sessions to repeat, in their order, and where each is left: at the checkpoint that the next went on from, or at the run's end.</summary>
    public IReadOnlyList<(RecordedSession Session, RecordedState Until)> Sessions { get; }

    /// <summary>Whether the last session came to its end; if not, it is known up to its last checkpoint only.</summary>
    public bool IsWhole { get; }

    /// <summary>Reads the record of a run.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="processes">Processes that trained it.</param>
    /// <exception cref="InvalidRunException">It has none, or one that cannot be repeated.</exception>
    public static RunRecord Read(RunFolder folder, int processes)
    {
        List<IReadOnlyList<RecordedSession>> all = [];
        for (int process = 0; process < processes; process++)
        {
            string directory = ClusterFolder.PathOf(folder.Path, process);
            string path = Path.Combine(directory, RunFolder.RecordName);
            if (!File.Exists(path))
            {
                throw new InvalidRunException($"{OneLine.QuotePath(directory)} has no record ({RunFolder.RecordName}), since the run was trained without --record: it cannot be replayed");
            }

            all.Add(RecordedSession.ReadAll(path));
            Require(all[^1], process, path);
        }

        int sessions = all.Min(record => record.Count);
        if (sessions == 0 || all.Any(record => record.Count != sessions))
        {
            throw new InvalidRunException($"the records of {OneLine.QuotePath(folder.Path)} are of {sessions} and of {all.Max(record => record.Count)} sessions: all must be of the same, at least one");
        }

        return Of([.. Enumerable.Range(0, sessions).Select(number => RecordedSession.Merge([.. all.Select(record => record[number])]))], folder);
    }

    /// <summary>Leaves out what no later session went on from.</summary>
    private static RunRecord Of(RecordedSession[] sessions, RunFolder folder)
    {
        RecordedSession last = sessions[^1];
        RecordedState? until = last.End ?? last.LastCheckpoint ?? (last.Start.IsResumed ? last.Start.State : null);
        Stack<(RecordedSession Session, RecordedState Until)> chain = new();
        foreach (RecordedSession session in until is null ? [] : sessions.Reverse())
        {
            // One that made no progress leads nowhere; nor does one that began after the checkpoint which a later one went back to.
            if (!AreEqual(session.Start.State, until!) && !IsBeyond(session.Start.State, until!))
            {
                chain.Push((session, until!));
                until = session.Start.State;
            }
        }

        bool isWhole = chain.Any(part => part.Session == last && part.Until == last.End);
        if (chain.Count == 0)
        {
            throw new InvalidRunException($"the run in {OneLine.QuotePath(folder.Path)} was cut off before its first checkpoint: there is nothing to replay");
        }

        return chain.Peek().Session.Start.IsResumed
            ? throw new InvalidRunException($"the record of {OneLine.QuotePath(folder.Path)} does not begin with the run, but with a session that was resumed: it cannot be replayed")
            : new RunRecord([.. chain], isWhole);
    }

    private static bool AreEqual(RecordedState one, RecordedState other) => one.Updates.AsSpan().SequenceEqual(other.Updates);

    private static bool IsBeyond(RecordedState one, RecordedState other) => one.Updates.Zip(other.Updates).Any(pair => pair.First > pair.Second);

    private static void Require(IReadOnlyList<RecordedSession> sessions, int process, string path)
    {
        foreach (RecordedStart start in sessions.Select(session => session.Start))
        {
            if (start.Version != GalaVersion.Current)
            {
                throw new InvalidRunException($"the record {OneLine.QuotePath(path)} is of version {start.Version}, this is {GalaVersion.Current}: "
                    + "replay it with the version that trained it");
            }

            if (start.Process != process)
            {
                throw new InvalidRunException($"the record {OneLine.QuotePath(path)} is of process {start.Process}, not {process}: put each process's own where it was");
            }
        }
    }
}
