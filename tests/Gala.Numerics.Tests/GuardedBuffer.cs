namespace Gala.Numerics.Tests;

/// <summary>Aligned memory with margins on both sides: NaN around inputs, a known number around outputs.</summary>
internal sealed unsafe class GuardedBuffer : IDisposable
{
    private const int Margin = 64;

    private readonly AlignedBuffer<float> _buffer;
    private readonly float _guard;

    public GuardedBuffer(int length, float guard)
    {
        (Length, _guard) = (length, guard);
        _buffer = new AlignedBuffer<float>(length + (2 * Margin));
        _buffer.Span.Fill(guard);
        Span.Clear();
    }

    public int Length { get; }

    public float* Data => _buffer.Data + Margin;

    public Span<float> Span => _buffer.Span.Slice(Margin, Length);

    public static GuardedBuffer Input(int length, int seed)
    {
        GuardedBuffer buffer = new(length, float.NaN);
        Random random = new(seed);
        foreach (ref float element in buffer.Span)
        {
            element = (2 * random.NextSingle()) - 1;
        }

        return buffer;
    }

    public static GuardedBuffer Output(int length) => new(length, 1e9f);

    public void AssertMarginsUntouched()
    {
        float[] around = [.. _buffer.Span[..Margin], .. _buffer.Span[(Margin + Length)..]];
        Assert.All(around, element => Assert.True(element.Equals(_guard), $"A stray store left {element} in a margin."));
    }

    public void Dispose() => _buffer.Dispose();
}
