using System.Runtime.InteropServices;

namespace Gala.Networks;

/// <summary>A named array of numbers in a safetensors file, in row-major order.</summary>
/// <remarks>Refers to the memory that it was made with, without a copy.</remarks>
public sealed class SafetensorsTensor
{
    private readonly ReadOnlyMemory<float> _singles;
    private readonly ReadOnlyMemory<long> _integers;
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>A tensor of floats (<c>F32</c>).</summary>
    /// <exception cref="ArgumentException">The shape does not hold the data.</exception>
    public SafetensorsTensor(string name, IReadOnlyList<int> shape, ReadOnlyMemory<float> data)
        : this(name, shape, SafetensorsElement.Singles, data.Length) => _singles = data;

    /// <summary>A tensor of integers (<c>I64</c>).</summary>
    /// <exception cref="ArgumentException">The shape does not hold the data.</exception>
    public SafetensorsTensor(string name, IReadOnlyList<int> shape, ReadOnlyMemory<long> data)
        : this(name, shape, SafetensorsElement.Integers, data.Length) => _integers = data;

    /// <summary>A tensor of bytes (<c>U8</c>).</summary>
    /// <exception cref="ArgumentException">The shape does not hold the data.</exception>
    public SafetensorsTensor(string name, IReadOnlyList<int> shape, ReadOnlyMemory<byte> data)
        : this(name, shape, SafetensorsElement.Bytes, data.Length) => _bytes = data;

    private SafetensorsTensor(string name, IReadOnlyList<int> shape, SafetensorsElement element, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(size => size < 0) || SafetensorsHeader.Product(shape) != length)
        {
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", shape)}] cannot hold {length} elements.", nameof(shape));
        }

        if (length > Array.MaxLength / SafetensorsEntry.SizeOf(element))
        {
            throw new ArgumentException($"Tensor '{name}' takes more than the {Array.MaxLength} bytes that are supported.", nameof(shape));
        }

        (Name, Shape, Element, Length) = (name, shape, element, length);
    }

    /// <summary>Such as <c>torso.0.weight</c>; unlike all others in its file.</summary>
    public string Name { get; }

    /// <summary>Sizes of the dimensions, the last one varying fastest; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Type of the elements.</summary>
    public SafetensorsElement Element { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements of a <see cref="SafetensorsElement.Singles"/> tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of another type.</exception>
    public ReadOnlySpan<float> Singles => Element == SafetensorsElement.Singles ? _singles.Span : throw NotOf(SafetensorsElement.Singles);

    /// <summary>The elements of an <see cref="SafetensorsElement.Integers"/> tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of another type.</exception>
    public ReadOnlySpan<long> Integers => Element == SafetensorsElement.Integers ? _integers.Span : throw NotOf(SafetensorsElement.Integers);

    /// <summary>The elements of a <see cref="SafetensorsElement.Bytes"/> tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is of another type.</exception>
    public ReadOnlySpan<byte> Bytes => Element == SafetensorsElement.Bytes ? _bytes.Span : throw NotOf(SafetensorsElement.Bytes);

    /// <summary>The data as it lies in a file, which is how it lies in memory on a little-endian machine.</summary>
    internal ReadOnlySpan<byte> RawData => Element switch
    {
        SafetensorsElement.Singles => MemoryMarshal.AsBytes(_singles.Span),
        SafetensorsElement.Integers => MemoryMarshal.AsBytes(_integers.Span),
        _ => _bytes.Span,
    };

    private InvalidOperationException NotOf(SafetensorsElement asked) => new($"Tensor '{Name}' holds {Element}, not {asked}.");
}
