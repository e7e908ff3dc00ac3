using Gala.Numerics;

namespace Gala.Architectures;

/// <summary>The learner's newest parameters, for any number of actors to copy.</summary>
/// <remarks>
/// <para>One writer, which never waits; any number of readers. Two slots, written in turn: publication s goes to slot s mod 2, which is
/// marked as unreadable, filled, and marked with s. A reader copies the newest slot and copies anew if its mark changed meanwhile, so it
/// never hands out a torn vector; that happens only if the writer publishes twice during one copy.</para>
/// <para>Publishing and pulling allocate nothing.</para>
/// </remarks>
public sealed class ParameterStore : IParameterSource, IDisposable
{
    private const long Unreadable = -1;

    private readonly AlignedBuffer<float> _parameters; // two slots, written by the learner only; published by _marks
    private readonly long[] _marks = [Unreadable, Unreadable]; // likewise: the slot's publication
    private readonly long[] _versions = new long[2]; // likewise
    private readonly int _length;
    private long _newest = Unreadable; // likewise: the last publication

    /// <summary>An empty store for vectors of one length.</summary>
    public ParameterStore(int length)
    {
        _length = length;
        _parameters = new AlignedBuffer<float>(checked(2 * length));
    }

    /// <summary>Publications so far. Any thread.</summary>
    public long Publications => Volatile.Read(ref _newest) + 1;

    /// <summary>Makes parameters the newest. Writer only.</summary>
    /// <param name="parameters">θ; copied.</param>
    /// <param name="version">Updates that it has seen.</param>
    public void Publish(ReadOnlySpan<float> parameters, long version)
    {
        long publication = _newest + 1;
        int slot = (int)(publication % 2);
        Volatile.Write(ref _marks[slot], Unreadable);
        Thread.MemoryBarrier(); // the mark is seen before any change
        parameters.CopyTo(Slot(slot));
        _versions[slot] = version;
        Volatile.Write(ref _marks[slot], publication);
        Volatile.Write(ref _newest, publication);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">Nothing was published yet.</exception>
    public long Pull(Span<float> destination)
    {
        SpinWait spin = default;
        while (true)
        {
            long publication = Volatile.Read(ref _newest);
            if (publication == Unreadable)
            {
                throw new InvalidOperationException("No parameters were published yet.");
            }

            int slot = (int)(publication % 2);
            if (Volatile.Read(ref _marks[slot]) == publication)
            {
                Slot(slot).CopyTo(destination);
                long version = _versions[slot];
                Thread.MemoryBarrier(); // the copy is made before the mark is read again
                if (Volatile.Read(ref _marks[slot]) == publication)
                {
                    return version;
                }
            }

            spin.SpinOnce();
        }
    }

    /// <summary>Frees the memory; all threads that use it must have stopped.</summary>
    public void Dispose() => _parameters.Dispose();

    private Span<float> Slot(int slot) => _parameters.Span.Slice(slot * _length, _length);
}
