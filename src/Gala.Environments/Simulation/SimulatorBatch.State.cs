namespace Gala.Environments;

public sealed partial class SimulatorBatch : IResumable
{
    private const uint StateTag = 0x33435442; // "BTC3", little-endian, of checkpoints since format 3
    private const uint OldStateTag = 0x48435442; // "BTCH", of those before

    /// <summary>Whether every environment can be saved.</summary>
    public bool CanResume => Array.TrueForAll(_environments, Resumability.Of);

    /// <inheritdoc />
    /// <remarks>The observations that the caller holds are the caller's to save.</remarks>
    /// <exception cref="NotSupportedException">An environment cannot be saved.</exception>
    /// <exception cref="EnvironmentException">An environment threw.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        EnvironmentState[] environments = [.. Enumerable.Range(0, Count).Select(StateOf)];
        writer.Write(StateTag);
        writer.Write(Count);
        writer.Write(_started);
        writer.Write(Steps);
        writer.Write(_framesBefore);
        for (int i = 0; i < Count; i++)
        {
            writer.Write(_returns[i]);
            writer.Write(_lengths[i]);
            environments[i].Write(writer);
        }

        Array.ForEach(Logs, log => log.SaveState(writer));
    }

    /// <inheritdoc />
    /// <remarks>An environment that throws, or reads more or fewer bytes than it wrote, is named in the message.</remarks>
    /// <exception cref="NotSupportedException">An environment cannot be restored.</exception>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        EnvironmentState[] environments = [.. Enumerable.Range(0, Count).Select(StateOf)];
        StateReading.Guard(reader, nameof(SimulatorBatch), source =>
        {
            bool isOld = source.ExpectTag(StateTag, OldStateTag, "simulator batch") == OldStateTag;
            source.ReadBetween(Count, Count, "the number of simulators");
            _started = source.ReadBoolean();
            Steps = source.ReadInt64();
            _framesBefore = isOld ? 0 : source.ReadNotNegative("the number of frames before"); // the seed was the run's own in every session
            for (int i = 0; i < Count; i++)
            {
                _returns[i] = source.ReadDouble();
                _lengths[i] = source.ReadBetween(0, int.MaxValue, "the length of an episode");
                if (isOld)
                {
                    environments[i].ReadOld(source);
                }
                else
                {
                    environments[i].Read(source);
                }
            }

            Array.ForEach(Logs, log => log.LoadState(source));
            Order.GoOnAbove(Logs.SelectMany(log => log.ToArray()).Select(episode => episode.Order).DefaultIfEmpty().Max());
        });
    }

    /// <summary>Sees to it that an environment comes back from its saved state: resets it, saves it, restores that and saves it again. Afterwards it is as
    /// after any reset, so <see cref="Reset"/> or <see cref="LoadState"/> has to follow. Does nothing with one that cannot be saved.</summary>
    /// <param name="index">Place in the batch.</param>
    /// <exception cref="EnvironmentException">It does not come back: it threw, read more or fewer bytes than it wrote, or wrote other ones then.</exception>
    public void TryOutState(int index)
    {
        if (!Resumability.Of(_environments[index]) || !TryReset(index))
        {
            return;
        }

        EnvironmentState state = StateOf(index);
        byte[] saved = state.Save();
        try
        {
            state.Load(saved);
        }
        catch (InvalidDataException exception)
        {
            throw NotBack(index, EnvironmentException.ReasonOf(exception), exception);
        }

        byte[] again = state.Save();
        if (!saved.AsSpan().SequenceEqual(again))
        {
            int place = saved.AsSpan().CommonPrefixLength(again);
            throw NotBack(index, $"saved anew, byte {place} of its {saved.Length} is another one", cause: null);
        }
    }

    /// <summary>One that cannot even be reset fails in the run, with that reason.</summary>
    private bool TryReset(int index)
    {
        try
        {
            _environments[index].Reset(SimulatorSeed(SessionSeed(_seed, _framesBefore), _firstSimulator + index), Row(_finalObservations, index));
            return true;
        }
#pragma warning disable CA1031 // see above
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private EnvironmentState StateOf(int index) =>
        new(Resumability.Require(_environments[index]), _specs[index].Id, _firstSimulator + index);

    private EnvironmentException NotBack(int index, string reason, Exception? cause)
    {
        string message = $"Environment '{_specs[index].Id}' does not come back from its saved state: {reason}. Correct its SaveState and LoadState, or leave "
            + "IResumable out: it then starts new episodes when a run is resumed.";
        return cause is null ? new EnvironmentException(message) : new EnvironmentException(message, cause);
    }

    private EpisodeLog[] Logs => _episodesByKind.Length > 1 ? [Episodes, .. _episodesByKind] : _episodesByKind;
}
