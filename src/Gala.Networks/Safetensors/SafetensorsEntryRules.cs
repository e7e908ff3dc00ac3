namespace Gala.Networks;

/// <summary>What must hold of one tensor's entry before any memory is taken for it.</summary>
internal static class SafetensorsEntryRules
{
    /// <summary>The entry, if it is sound.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static SafetensorsEntry Check(string name, string type, List<long> shape, List<long> offsets)
    {
        string quoted = SafetensorsEntry.Quote(name);
        if (name.Length == 0)
        {
            throw new InvalidDataException("The safetensors header has a tensor without a name.");
        }

        if (SafetensorsEntry.Parse(type) is not { } element)
        {
            throw new InvalidDataException($"Tensor {quoted} has the dtype {SafetensorsEntry.Quote(type)}; supported are F32, I64 and U8.");
        }

        if (offsets.Count != 2 || offsets[0] > offsets[1])
        {
            throw new InvalidDataException($"The data_offsets of tensor {quoted} are not a first and a last byte.");
        }

        if (shape.Exists(size => size > int.MaxValue))
        {
            throw new InvalidDataException($"Tensor {quoted} has a dimension above {int.MaxValue}.");
        }

        int[] sizes = [.. shape.Select(size => (int)size)];
        long bytes = offsets[1] - offsets[0];
        long length = SafetensorsHeader.Product(sizes);
        if (bytes > Array.MaxLength)
        {
            throw new InvalidDataException($"Tensor {quoted} takes {bytes} bytes; {Array.MaxLength} are supported.");
        }

        if (length < 0 || (UInt128)length * (uint)SafetensorsEntry.SizeOf(element) != (UInt128)bytes)
        {
            throw new InvalidDataException($"Tensor {quoted}, {type}, is given {bytes} bytes, which is not what its shape takes.");
        }

        return new SafetensorsEntry(name, element, sizes, offsets[0], offsets[1]);
    }
}
