using System.Security.Cryptography;
using System.Text;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>How a session began.</summary>
internal sealed record RecordedStart
{
    /// <summary>Version of Gala that trained.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 over the names and shapes of the network's tensors.</summary>
    public required string Network { get; init; }

    /// <summary>All options, as in run.yaml.</summary>
    public required string Options { get; init; }

    /// <summary>Number of the process, from 0.</summary>
    public required int Process { get; init; }

    /// <summary>Whether the session went on from a checkpoint.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>Frames of all processes before the session.</summary>
    public required long FramesBefore { get; init; }

    /// <summary>What it went on from.</summary>
    public required RecordedState State { get; init; }

    /// <summary>Tells networks apart whose parameters mean different things.</summary>
    public static string DigestOf(ParameterLayout layout)
    {
        string text = string.Join('\n', layout.Tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape.ToArray())}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(Network);
        writer.Write(Options);
        writer.Write(Process);
        writer.Write(IsResumed);
        writer.Write(FramesBefore);
        State.WriteTo(writer);
    }

    public static RecordedStart ReadFrom(BinaryReader reader) => new()
    {
        Version = reader.ReadString(),
        Network = reader.ReadString(),
        Options = reader.ReadString(),
        Process = reader.ReadInt32(),
        IsResumed = reader.ReadBoolean(),
        FramesBefore = reader.ReadInt64(),
        State = RecordedState.ReadFrom(reader),
    };
}
