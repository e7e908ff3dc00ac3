using System.Runtime.InteropServices;

namespace Gala.Architectures.Hts;

/// <summary>Arrays of numbers in a saved state, as they lie in memory.</summary>
internal static class StateBytes
{
    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(values));

    /// <exception cref="EndOfStreamException">The state is shorter.</exception>
    public static void Read<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
}
