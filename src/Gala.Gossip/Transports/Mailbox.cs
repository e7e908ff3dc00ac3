using System.Runtime.InteropServices;

namespace Gala.Gossip;

/// <summary>One directed edge: one agent writes, one agent reads, the latest message wins, and neither ever waits for the other.</summary>
/// <remarks>
/// <para>Messages lie in slots of an <see cref="Outbox"/>. The reader owns one slot, another lies between the two sides; each side trades for the one
/// between with a single atomic exchange, so both are wait-free and no slot is ever written while it is read. The exchange is a full
/// fence: a slot's contents are published before its number.</para>
/// <para>Publishing and taking allocate nothing.</para>
/// </remarks>
public sealed class Mailbox : IDisposable
{
    private const int None = -1; // in place of a slot's number
    private const int Fresh = 1; // flag below the number of the slot between: published and not yet taken
    private readonly Outbox _outbox;
    private readonly bool _ownsOutbox;
    private Indices _indices;
    private bool _closed; // written by the writer, read by the reader
    private Action? _wakeReader; // written by the reader, called by the writer

    /// <summary>An empty mailbox for vectors of one length.</summary>
    /// <param name="length">Elements of every message.</param>
    /// <param name="format">How they lie in it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public Mailbox(int length, MessageFormat format = MessageFormat.Exact)
        : this(new Outbox(length, format, edges: 1)) => _ownsOutbox = true;

    /// <summary>An empty mailbox for one of several edges of a sender.</summary>
    /// <param name="outbox">The sender's; disposed by whoever made it.</param>
    internal Mailbox(Outbox outbox)
    {
        _outbox = outbox;
        (_indices.Replaced, _indices.Middle, _indices.Reader) = (None, Between(None), None);
    }

    /// <summary>Elements of every message.</summary>
    public int Length => _outbox.Length;

    /// <summary>Whether the writer has said that no further message comes. Read it before <see cref="TryTake"/> to miss none.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>The message taken last, in place; valid until the next <see cref="TryTake"/>. Reader only.</summary>
    public GossipMessage Current => _outbox.Message(_indices.Reader);

    /// <summary>The message that the last <see cref="Publish(ReadOnlySpan{float}, long, double)"/> took back, since the reader had not taken it. Writer only.</summary>
    /// <remarks>A message is either taken by the reader or found here: one atomic exchange decides which.</remarks>
    public GossipMessage Replaced => _outbox.Message(_indices.Replaced);

    /// <summary>Called by the writer after each message, and when it closes the mailbox. It must not wait. Reader only.</summary>
    internal Action? WakeReader
    {
        set => Volatile.Write(ref _wakeReader, value);
    }

    /// <summary>Writer only: header and parameters of the message to be published next, for who fills them in place.</summary>
    internal Span<byte> WriterFrame => _outbox.Frame;

    /// <summary>Reader only: header and parameters of the message taken last. Once there is one.</summary>
    internal ReadOnlySpan<byte> CurrentFrame => _outbox.FrameOf(_indices.Reader);

    /// <summary>Whether the latest message has not been taken yet.</summary>
    internal bool IsFresh => (Volatile.Read(ref _indices.Middle) & Fresh) != 0;

    /// <summary>Writer only: copies a message in and makes it the latest, in place of one that was not taken yet.</summary>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has another length than the mailbox.</exception>
    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        _outbox.Write(parameters, iteration, weight);
        PublishFrame();
    }

    /// <summary>Writer only: makes what was written into <see cref="WriterFrame"/> the latest message.</summary>
    internal void PublishFrame()
    {
        int slot = _outbox.Post();
        Publish(slot);
        _outbox.Release(slot);
    }

    /// <summary>Writer only: makes a message that was posted the latest of this edge.</summary>
    /// <param name="slot">Where it lies in the outbox.</param>
    internal void Publish(int slot)
    {
        _outbox.Hold(slot);
        int middle = Interlocked.Exchange(ref _indices.Middle, Between(slot) | Fresh);
        int old = middle >> 1;
        _indices.Replaced = (middle & Fresh) != 0 ? old : None;
        _outbox.Release(old);
        Volatile.Read(ref _wakeReader)?.Invoke();
    }

    /// <summary>Reader only: takes the latest message into <see cref="Current"/>; false if none came since the last.</summary>
    public bool TryTake()
    {
        if (!IsFresh)
        {
            return false;
        }

        _indices.Reader = Interlocked.Exchange(ref _indices.Middle, Between(_indices.Reader)) >> 1;
        return true;
    }

    /// <summary>Writer only: says that no further message comes.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        Volatile.Read(ref _wakeReader)?.Invoke();
    }

    /// <summary>Writer only: takes that back, for a writer that was thought to be gone.</summary>
    internal void Reopen() => Volatile.Write(ref _closed, false);

    /// <summary>Frees the memory, unless it is a sender's for several edges; the two agents must have stopped.</summary>
    public void Dispose()
    {
        if (_ownsOutbox)
        {
            _outbox.Dispose();
        }
    }

    private static int Between(int slot) => slot << 1;

    [StructLayout(LayoutKind.Explicit, Size = 256)] // a cache line each: writer's, shared, reader's
    private struct Indices
    {
        [FieldOffset(64)]
        public int Replaced;

        [FieldOffset(128)]
        public int Middle;

        [FieldOffset(192)]
        public int Reader;
    }
}
