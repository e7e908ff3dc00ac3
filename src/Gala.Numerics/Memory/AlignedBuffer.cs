using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gala.Numerics;

/// <summary>A zero-initialised, fixed-length block of native memory that starts on a 64-byte boundary (one cache line, one Vector512).</summary>
/// <remarks>The buffer owns its memory and frees it on <see cref="Dispose"/> or when it is collected. Kernels may hold
/// <see cref="Data"/> only while something keeps the buffer itself reachable.</remarks>
/// <typeparam name="T">An unmanaged element.</typeparam>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Alignment of the first element, in bytes.</summary>
    public const int Alignment = 64;

    private T* _pointer;
    private AlignedBuffer<T>? _home; // whose memory this is a part of; null for memory of its own

    /// <summary>Allocates <paramref name="length"/> zeroed elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        // Rounded up to whole cache lines, so that two buffers never share one.
        nuint bytes = ((((nuint)length * (nuint)sizeof(T)) + Alignment - 1) / Alignment * Alignment) + Alignment;
        _pointer = (T*)NativeMemory.AlignedAlloc(bytes, HugePages.Alignment(bytes, Alignment));
        HugePages.Advise(_pointer, bytes);
        NativeMemory.Clear(_pointer, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Frees the memory of a buffer that was never disposed.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The first element. Owned by this buffer.</summary>
    public T* Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _pointer;
    }

    /// <summary>All elements.</summary>
    public Span<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ObjectDisposedException.ThrowIf(_pointer is null, this);
            return new Span<T>(_pointer, Length);
        }
    }

    /// <summary>Copies all elements into a part of another buffer and lies there from now on; its own memory is freed.</summary>
    /// <param name="home">Where to lie; disposed after this buffer was used last.</param>
    /// <param name="start">Index of the first element there, on a 64-byte boundary.</param>
    /// <exception cref="ArgumentException"><paramref name="start"/> is on no such boundary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The elements do not fit there.</exception>
    public void MoveInto(AlignedBuffer<T> home, int start)
    {
        ArgumentNullException.ThrowIfNull(home);
        if ((long)start * sizeof(T) % Alignment != 0)
        {
            throw new ArgumentException($"Element {start} does not start on a boundary of {Alignment} bytes.", nameof(start));
        }

        Span<T> part = home.Span.Slice(start, Length);
        Span.CopyTo(part);
        Free();
        _pointer = home._pointer + start;
        _home = home;
    }

    /// <summary>Frees the memory. Spans handed out before are dangling from here on.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_pointer is null)
        {
            return;
        }

        if (_home is not null)
        {
            _pointer = null;
            _home = null;
            return;
        }

        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        GC.RemoveMemoryPressure(((((long)Length * sizeof(T)) + Alignment - 1) / Alignment * Alignment) + Alignment);
    }
}
