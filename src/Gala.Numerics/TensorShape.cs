namespace Gala.Numerics;

/// <summary>The shape of one row of data in channels-last order: element (y, x, c) is at (y · Width + x) · Channels + c.</summary>
/// <param name="Height">Rows of an image; 1 for a vector.</param>
/// <param name="Width">Columns of an image; 1 for a vector.</param>
/// <param name="Channels">Channels of an image; the length of a vector.</param>
public readonly record struct TensorShape(int Height, int Width, int Channels)
{
    /// <summary>Number of elements, Height · Width · Channels.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>Whether the shape is a plain vector (1 × 1 × length).</summary>
    public bool IsVector => Height == 1 && Width == 1;

    /// <summary>The shape of a vector of <paramref name="length"/> elements.</summary>
    public static TensorShape Vector(int length) => new(1, 1, length);

    /// <inheritdoc />
    public override string ToString() => IsVector ? $"{Channels}" : $"{Height}x{Width}x{Channels}";
}
