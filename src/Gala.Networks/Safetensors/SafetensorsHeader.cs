using System.Text.Json;

namespace Gala.Networks;

/// <summary>The JSON header: where each tensor lies, and notes.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    /// <summary>The header's length comes first, as 8 bytes; the header is padded to a multiple of as many, so that the data are
    /// aligned.</summary>
    public const int Alignment = 8;

    /// <summary>Longest header read; the format's reference sets the same limit.</summary>
    public const int MaximumLength = 100_000_000;

    private SafetensorsHeader(List<SafetensorsEntry> entries, Dictionary<string, string> metadata) =>
        (Entries, Metadata) = (entries, metadata);

    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Number of elements of a shape; −1 beyond 2⁶³.</summary>
    public static long Product(IReadOnlyList<int> shape)
    {
        UInt128 product = 1;
        foreach (int size in shape)
        {
            product *= (uint)size;
            if (product > long.MaxValue)
            {
                return shape.Contains(0) ? 0 : -1;
            }
        }

        return (long)product;
    }

    /// <summary>Reads a header and checks that its tensors fill <paramref name="dataLength"/> bytes without gap and overlap.</summary>
    /// <exception cref="InvalidDataException">It is no header, or does not fit the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json is not [(byte)'{', ..])
        {
            throw new InvalidDataException("The safetensors header does not start with '{'.");
        }

        List<SafetensorsEntry> entries = [];
        Dictionary<string, string> metadata = [];
        try
        {
            SafetensorsHeaderReader reader = new(json);
            reader.Read(entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // JsonException: not JSON. InvalidOperationException: a string in it that is not Unicode.
            throw new InvalidDataException("The safetensors header is not valid JSON.", exception);
        }

        ThrowIfNotContiguous(entries, dataLength);
        return new SafetensorsHeader(entries, metadata);
    }

    /// <summary>The header of a file with these tensors in their order, padded, without its length.</summary>
    public static byte[] Serialize(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, metadata);
            long begin = 0;
            foreach (SafetensorsTensor tensor in tensors)
            {
                long end = begin + tensor.RawData.Length;
                WriteTensor(writer, tensor, begin, end);
                begin = end;
            }

            writer.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) // equal notes, equal bytes
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter writer, SafetensorsTensor tensor, long begin, long end)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", SafetensorsEntry.NameOf(tensor.Element));
        writer.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void ThrowIfNotContiguous(List<SafetensorsEntry> entries, long dataLength)
    {
        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                string flaw = entry.Begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new InvalidDataException($"Tensor {entry.QuotedName} starts at byte {entry.Begin} of the data, not {end}: it {flaw}.");
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException($"The tensors take {end} bytes, but the safetensors file has {dataLength} bytes of data.");
        }
    }
}
