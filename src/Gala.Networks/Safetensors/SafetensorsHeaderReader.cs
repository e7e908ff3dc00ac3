using System.Text.Json;

namespace Gala.Networks;

/// <summary>Takes a header's JSON apart, token by token, so that a hostile one costs no more memory than it has bytes.</summary>
internal ref struct SafetensorsHeaderReader
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    public SafetensorsHeaderReader(ReadOnlySpan<byte> json) => _json = new Utf8JsonReader(json);

    /// <summary>Reads the whole header.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string is not Unicode.</exception>
    /// <exception cref="InvalidDataException">JSON, but no safetensors header.</exception>
    public void Read(List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        Expect(JsonTokenType.StartObject, "The safetensors header");
        while (NextProperty(out string name))
        {
            if (!_names.Add(name))
            {
                throw new InvalidDataException($"The safetensors header names {SafetensorsEntry.Quote(name)} twice.");
            }

            if (name == SafetensorsHeader.MetadataKey)
            {
                ReadMetadata(metadata);
            }
            else
            {
                entries.Add(ReadEntry(name));
            }
        }

        if (_json.Read())
        {
            throw new InvalidDataException("The safetensors header goes on after its end.");
        }
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        Expect(JsonTokenType.StartObject, SafetensorsHeader.MetadataKey);
        while (NextProperty(out string key))
        {
            Expect(JsonTokenType.String, $"The note {SafetensorsEntry.Quote(key)}");
            if (!metadata.TryAdd(key, _json.GetString()!))
            {
                throw new InvalidDataException($"The safetensors header has the note {SafetensorsEntry.Quote(key)} twice.");
            }
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        string quoted = SafetensorsEntry.Quote(name);
        (string? type, List<long>? shape, List<long>? offsets) = (null, null, null);
        Expect(JsonTokenType.StartObject, $"The entry of tensor {quoted}");
        while (NextProperty(out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, $"The dtype of tensor {quoted}");
                    type = _json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers($"The shape of tensor {quoted}");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers($"The data_offsets of tensor {quoted}");
                    break;
                default:
                    throw new InvalidDataException($"Tensor {quoted} has an unknown or repeated field {SafetensorsEntry.Quote(key)}.");
            }
        }

        return type is not null && shape is not null && offsets is not null
            ? SafetensorsEntryRules.Check(name, type, shape, offsets)
            : throw new InvalidDataException($"Tensor {quoted} lacks its dtype, its shape or its data_offsets.");
    }

    private List<long> ReadNumbers(string what)
    {
        Expect(JsonTokenType.StartArray, what);
        List<long> numbers = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                throw new InvalidDataException($"{what} holds something else than whole numbers of 0 or more.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private bool NextProperty(out string name)
    {
        bool found = _json.Read() && _json.TokenType == JsonTokenType.PropertyName;
        name = found ? _json.GetString()! : string.Empty;
        return found;
    }

    private void Expect(JsonTokenType type, string what)
    {
        if (!_json.Read() || _json.TokenType != type)
        {
            throw new InvalidDataException($"{what} should be a JSON {type}, but is {_json.TokenType}.");
        }
    }
}
