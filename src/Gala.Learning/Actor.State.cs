using Gala.Environments;

namespace Gala.Learning;

public sealed partial class Actor : IResumable
{
    /// <inheritdoc />
    /// <remarks>Simulators that cannot be saved start anew after a restore.</remarks>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        bool underWay = _started && _simulators.CanResume;
        writer.Write(underWay);
        if (!underWay)
        {
            return;
        }

        _simulators.SaveState(writer);
        Write(writer, NextObservations);
        Write(writer, NextStates);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _started = reader.ReadBoolean();
        if (!_started)
        {
            return;
        }

        _simulators.LoadState(reader);
        _sessionSeed = SimulatorBatch.SessionSeed(_seed, _simulators.FramesBefore);
        Read(reader, NextObservations);
        Read(reader, NextStates);
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> elements)
    {
        foreach (float element in elements)
        {
            writer.Write(element);
        }
    }

    private static void Read(BinaryReader reader, Span<float> elements)
    {
        foreach (ref float element in elements)
        {
            element = reader.ReadSingle();
        }
    }
}
