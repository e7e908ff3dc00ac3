namespace Gala.Environments;

public sealed partial class SimulatorBatch : IResumable
{
    private const uint StateTag = 0x48435442; // "BTCH", little-endian

    /// <summary>Whether every environment can be saved.</summary>
    public bool CanResume => Array.TrueForAll(_environments, Resumability.Of);

    /// <inheritdoc />
    /// <remarks>The observations that the caller holds are the caller's to save.</remarks>
    /// <exception cref="NotSupportedException">An environment cannot be saved.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable[] environments = Array.ConvertAll(_environments, Resumability.Require);
        writer.Write(StateTag);
        writer.Write(Count);
        writer.Write(_started);
        writer.Write(Steps);
        for (int i = 0; i < Count; i++)
        {
            writer.Write(_returns[i]);
            writer.Write(_lengths[i]);
            environments[i].SaveState(writer);
        }

        Array.ForEach(Logs, log => log.SaveState(writer));
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">An environment cannot be restored.</exception>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IResumable[] environments = Array.ConvertAll(_environments, Resumability.Require);
        StateReading.Guard(reader, nameof(SimulatorBatch), source =>
        {
            source.ExpectTag(StateTag, "simulator batch");
            source.ReadBetween(Count, Count, "the number of simulators");
            _started = source.ReadBoolean();
            Steps = source.ReadInt64();
            for (int i = 0; i < Count; i++)
            {
                _returns[i] = source.ReadDouble();
                _lengths[i] = source.ReadBetween(0, int.MaxValue, "the length of an episode");
                environments[i].LoadState(source);
            }

            Array.ForEach(Logs, log => log.LoadState(source));
        });
    }

    private EpisodeLog[] Logs => _episodesByKind.Length > 1 ? [Episodes, .. _episodesByKind] : _episodesByKind;
}
