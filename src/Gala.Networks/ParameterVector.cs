using Gala.Numerics;

namespace Gala.Networks;

/// <summary>All parameters (or all their gradients) of a network as one flat, 64-byte-aligned vector.</summary>
public sealed class ParameterVector : IDisposable
{
    private readonly AlignedBuffer<float> _buffer;

    /// <summary>Allocates a zero vector with the given layout.</summary>
    public ParameterVector(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        _buffer = new AlignedBuffer<float>(layout.Length);
    }

    /// <summary>Where each named tensor lies.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>Number of parameters.</summary>
    public int Length => Layout.Length;

    /// <summary>All elements, tensor after tensor, without gaps.</summary>
    public Span<float> Span => _buffer.Span;

    /// <summary>The elements of one tensor.</summary>
    /// <exception cref="KeyNotFoundException">No tensor has that name.</exception>
    public Span<float> this[string name] => Layout.Find(name) is { } tensor
        ? Span.Slice(tensor.Offset, tensor.Length)
        : throw new KeyNotFoundException($"The network has no tensor '{name}'; it has {string.Join(", ", Layout.Tensors.Select(t => t.Name))}.");

    /// <summary>Lets the elements lie in another block of memory, and copies them there: see <see cref="AlignedBuffer{T}.MoveInto"/>.</summary>
    /// <param name="home">Where they are to lie.</param>
    /// <param name="start">Index of the first one in it.</param>
    /// <remarks>Tell a network of it: <see cref="IActorCritic.ParametersChanged"/>.</remarks>
    public void MoveInto(AlignedBuffer<float> home, int start) => _buffer.MoveInto(home, start);

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();
}
