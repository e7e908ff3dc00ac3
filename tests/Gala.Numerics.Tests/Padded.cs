namespace Gala.Numerics.Tests;

/// <summary>Floats between two margins: a stray load brings a NaN in, a stray store is seen afterwards.</summary>
internal sealed class Padded
{
    private const int Margin = 37; // more than two vectors, and no multiple of one

    private readonly float[] _memory;
    private readonly int _length;
    private readonly float _guard;

    private Padded(int length, float guard)
    {
        (_length, _guard) = (length, guard);
        _memory = new float[length + (2 * Margin)];
        _memory.AsSpan().Fill(guard);
    }

    public Span<float> Span => _memory.AsSpan(Margin, _length);

    public static IEnumerable<int> Lengths => [.. Enumerable.Range(0, 34), 63, 64, 65, 4096, 4099, 8209];

    /// <summary>Numbers in [low, high) between margins of NaN.</summary>
    public static Padded Input(int length, int seed, float low = -1, float high = 1)
    {
        Padded input = new(length, float.NaN);
        System.Random random = new(seed);
        foreach (ref float element in input.Span)
        {
            element = low + ((high - low) * random.NextSingle());
        }

        return input;
    }

    /// <summary>Memory to be written, all of it 1e9.</summary>
    public static Padded Output(int length) => new(length, 1e9f);

    public float[] ToArray() => Span.ToArray();

    public void AssertHolds(ReadOnlySpan<float> expected)
    {
        Assert.Equal(expected.Length, _length);
        for (int i = 0; i < _length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(Span[i]),
                $"Element {i} of {_length}: expected {expected[i]:R}, got {Span[i]:R}.");
        }

        AssertMarginsUntouched();
    }

    public void AssertMarginsUntouched()
    {
        int guard = BitConverter.SingleToInt32Bits(_guard);
        for (int i = 0; i < Margin; i++)
        {
            Assert.Equal(guard, BitConverter.SingleToInt32Bits(_memory[i]));
            Assert.Equal(guard, BitConverter.SingleToInt32Bits(_memory[^(i + 1)]));
        }
    }
}
