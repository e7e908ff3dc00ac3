using System.Runtime.CompilerServices;
using Gala.Numerics;

namespace Gala.Environments;

/// <summary>A random stream named by (seed, stream): the n-th draw is a pure function of the two and n.</summary>
/// <remarks>Philox4x32-10 with the seed as key, the stream in the counter's high half and the block number in its low half: two draws
/// of 64 bits a block. Streams never overlap. Draws allocate nothing. Not safe for concurrent use.</remarks>
public sealed class StreamRandomSource : IRandomSource, IResumable
{
    private const uint StateTag = 0x4D525453; // "STRM", little-endian
    private const int DrawsBuffered = 16; // eight blocks at once: independent chains that the processor overlaps

    private Buffer _buffer;
    private ulong _seed;
    private ulong _stream;
    private ulong _refillAt; // draws handed out when the buffer is used up; a multiple of DrawsBuffered
    private int _next = DrawsBuffered; // index into the buffer of the next draw

    /// <summary>The stream from its first draw on.</summary>
    /// <param name="seed">Key of the generator, such as a run's seed.</param>
    /// <param name="stream">Which of the seed's streams.</param>
    public StreamRandomSource(ulong seed, ulong stream = 0)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>Number of 64-bit draws made since the stream started.</summary>
    public ulong Position => _refillAt - DrawsBuffered + (ulong)_next;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not greater than <paramref name="low"/>.</exception>
    /// <remarks>Unbiased. Source: Lemire, "Fast random integer generation in an interval", 2019.</remarks>
    public int UniformInteger(int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        ulong range = (ulong)((long)high - low);
        ulong value = Math.BigMul(NextBits(), range, out ulong remainder);
        if (remainder < range)
        {
            ulong rejected = (0 - range) % range;
            while (remainder < rejected)
            {
                value = Math.BigMul(NextBits(), range, out remainder);
            }
        }

        return (int)(low + (long)value);
    }

    /// <summary>Starts the stream of the same number under another seed.</summary>
    public void Seed(ulong seed)
    {
        _seed = seed;
        _refillAt = 0;
        _next = DrawsBuffered;
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(StateTag);
        writer.Write(_seed);
        writer.Write(_stream);
        writer.Write(Position);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.ExpectTag(StateTag, "random stream");
        (_seed, _stream) = (reader.ReadUInt64(), reader.ReadUInt64());
        ulong position = reader.ReadUInt64();
        int within = (int)(position % DrawsBuffered);
        _refillAt = position - (ulong)within;
        _next = DrawsBuffered;
        if (within != 0)
        {
            Refill();
            _next = within;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong NextBits()
    {
        if (_next == DrawsBuffered)
        {
            Refill();
        }

        return _buffer[_next++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        ulong block = _refillAt / 2;
        for (int i = 0; i < DrawsBuffered; i += 2)
        {
            (uint a, uint b, uint c, uint d) = Philox.Words(_seed, block++, _stream);
            _buffer[i] = ((ulong)a << 32) | b;
            _buffer[i + 1] = ((ulong)c << 32) | d;
        }

        _refillAt += DrawsBuffered;
        _next = 0;
    }

    [InlineArray(DrawsBuffered)]
    private struct Buffer
    {
        private ulong _draw; // the element that the runtime repeats
    }
}
