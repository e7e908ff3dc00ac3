using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gala.Networks;

/// <summary>Tensors by name in the safetensors format, which other tools read: 8 bytes of header length (little-endian), a JSON header,
/// then the data, little-endian and row-major.</summary>
/// <remarks>Format: the README of huggingface/safetensors. Element types F32, I64 and U8. Reading checks everything that the header
/// says before it takes memory, so that a broken file is reported and costs no more than its own size.</remarks>
public sealed class SafetensorsFile
{
    private SafetensorsFile(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        (Tensors, Metadata) = (tensors, metadata);

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The file's notes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>Writes a file; one that exists is replaced. Flushing to disk and renaming are the caller's.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name is reserved.</exception>
    public static void Write(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using FileStream stream = File.Create(path);
        Write(stream, tensors, metadata);
    }

    /// <summary>Writes at the stream's position. Equal tensors and notes give equal bytes.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name is reserved.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        ThrowIfBigEndian();
        ThrowIfNamesClash(tensors);
        byte[] header = SafetensorsHeader.Serialize(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in tensors)
        {
            stream.Write(tensor.RawData);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or otherwise broken, or uses a part of the format that is not
    /// supported.</exception>
    public static SafetensorsFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads from the stream's position to its end.</summary>
    /// <param name="stream">Can tell its length.</param>
    /// <exception cref="InvalidDataException">The data are truncated or otherwise broken, or use a part of the format that is not
    /// supported.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ThrowIfBigEndian();
        long available = stream.Length - stream.Position;
        if (available < sizeof(ulong))
        {
            throw new InvalidDataException($"A safetensors file starts with 8 bytes of header length, but this one has {available} in all.");
        }

        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        ReadExactly(stream, prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        available -= sizeof(ulong);
        if (headerLength > (ulong)Math.Min(available, SafetensorsHeader.MaximumLength))
        {
            throw new InvalidDataException($"The safetensors header should have {headerLength} bytes, but {available} follow; "
                + $"{SafetensorsHeader.MaximumLength} are supported.");
        }

        byte[] json = new byte[headerLength];
        ReadExactly(stream, json);
        SafetensorsHeader header = SafetensorsHeader.Parse(json, available - json.Length);
        return new SafetensorsFile([.. header.Entries.Select(entry => ReadTensor(stream, entry))], header.Metadata);
    }

    private static SafetensorsTensor ReadTensor(Stream stream, SafetensorsEntry entry) => entry.Element switch
    {
        SafetensorsElement.Singles => new SafetensorsTensor(entry.Name, entry.Shape, ReadElements<float>(stream, entry.Length)),
        SafetensorsElement.Integers => new SafetensorsTensor(entry.Name, entry.Shape, ReadElements<long>(stream, entry.Length)),
        _ => new SafetensorsTensor(entry.Name, entry.Shape, ReadElements<byte>(stream, entry.Length)),
    };

    private static ReadOnlyMemory<T> ReadElements<T>(Stream stream, int length)
        where T : unmanaged
    {
        T[] elements = new T[length];
        ReadExactly(stream, MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    private static void ReadExactly(Stream stream, Span<byte> target)
    {
        int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw new InvalidDataException($"The safetensors file ended {target.Length - read} bytes early, while it was read.");
        }
    }

    private static void ThrowIfNamesClash(IReadOnlyList<SafetensorsTensor> tensors)
    {
        HashSet<string> names = [SafetensorsHeader.MetadataKey];
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name '{tensor.Name}' is taken: names of tensors must differ.", nameof(tensors));
            }
        }
    }

    private static void ThrowIfBigEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Safetensors files are little-endian; this machine is not.");
        }
    }
}
