using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>One directed edge: one agent writes, one agent reads, the latest message wins, and neither ever waits for the other.</summary>
/// <remarks>
/// <para>A triple buffer. The writer owns one slot, the reader another, the third lies between them; each side trades its own slot
/// for the middle one with a single atomic exchange, so both are wait-free and no slot is ever written while it is read. The
/// exchange is a full fence: a slot's contents are published before its index.</para>
/// <para>Publishing and taking allocate nothing.</para>
/// </remarks>
public sealed class Mailbox : IDisposable
{
    private const int Fresh = 4; // flag beside the slot's index 0 … 2: published and not yet taken
    private const int SlotMask = 3;
    private readonly AlignedBuffer<byte> _slots; // a MessageHeader and the parameters, three times
    private readonly MessageFormat _format;
    private readonly int _payload; // bytes
    private readonly int _stride;
    private Indices _indices;
    private bool _replaced; // the writer's own: its slot holds a message that it took back
    private bool _closed; // written by the writer, read by the reader
    private Action? _wakeReader; // written by the reader, called by the writer

    /// <summary>An empty mailbox for vectors of one length.</summary>
    /// <param name="length">Elements of every message.</param>
    /// <param name="format">How they lie in it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public Mailbox(int length, MessageFormat format = MessageFormat.Exact)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        const int Line = AlignedBuffer<byte>.Alignment;
        (Length, _format, _payload) = (length, format, MessagePayload.Length(length, format));
        _stride = checked(MessageHeader.Length + ((_payload + Line - 1) / Line * Line));
        _slots = new AlignedBuffer<byte>(checked(3 * _stride));
        for (int slot = 0; slot < 3; slot++)
        {
            Header(slot) = new MessageHeader { Iteration = GossipMessage.None };
        }

        (_indices.Writer, _indices.Middle, _indices.Reader) = (0, 1, 2);
    }

    /// <summary>Elements of every message.</summary>
    public int Length { get; }

    /// <summary>Whether the writer has said that no further message comes. Read it before <see cref="TryTake"/> to miss none.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>The message taken last, in place; valid until the next <see cref="TryTake"/>. Reader only.</summary>
    public GossipMessage Current => Message(_indices.Reader);

    /// <summary>The message that the last <see cref="Publish"/> took back, since the reader had not taken it. Writer only.</summary>
    /// <remarks>A message is either taken by the reader or found here: one atomic exchange decides which.</remarks>
    public GossipMessage Replaced => _replaced ? Message(_indices.Writer) : MessagePayload.Read([], _format, GossipMessage.None, 0);

    /// <summary>Called by the writer after each message, and when it closes the mailbox. It must not wait. Reader only.</summary>
    internal Action? WakeReader
    {
        set => Volatile.Write(ref _wakeReader, value);
    }

    /// <summary>Writer only: header and parameters of the message to be published next, for who fills them in place.</summary>
    internal Span<byte> WriterFrame => Frame(_indices.Writer);

    /// <summary>Reader only: header and parameters of the message taken last.</summary>
    internal ReadOnlySpan<byte> CurrentFrame => Frame(_indices.Reader);

    /// <summary>Whether the latest message has not been taken yet.</summary>
    internal bool IsFresh => (Volatile.Read(ref _indices.Middle) & Fresh) != 0;

    /// <summary>Writer only: copies a message in and makes it the latest, in place of one that was not taken yet.</summary>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has another length than the mailbox.</exception>
    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        if (parameters.Length != Length)
        {
            throw new ArgumentException($"A message of {parameters.Length} elements does not fit a mailbox of {Length}.", nameof(parameters));
        }

        MessagePayload.Write(parameters, Frame(_indices.Writer)[MessageHeader.Length..], _format);
        Header(_indices.Writer) = new MessageHeader { Iteration = iteration, Weight = weight };
        PublishFrame();
    }

    /// <summary>Writer only: makes what was written into <see cref="WriterFrame"/> the latest message.</summary>
    internal void PublishFrame()
    {
        int middle = Interlocked.Exchange(ref _indices.Middle, _indices.Writer | Fresh);
        (_indices.Writer, _replaced) = (middle & SlotMask, (middle & Fresh) != 0);
        Volatile.Read(ref _wakeReader)?.Invoke();
    }

    /// <summary>Reader only: takes the latest message into <see cref="Current"/>; false if none came since the last.</summary>
    public bool TryTake()
    {
        if (!IsFresh)
        {
            return false;
        }

        _indices.Reader = Interlocked.Exchange(ref _indices.Middle, _indices.Reader) & SlotMask;
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

    /// <summary>Frees the memory; the two agents must have stopped.</summary>
    public void Dispose() => _slots.Dispose();

    private GossipMessage Message(int slot) =>
        MessagePayload.Read(Frame(slot)[MessageHeader.Length..], _format, Header(slot).Iteration, Header(slot).Weight);

    private Span<byte> Frame(int slot) => _slots.Span.Slice(slot * _stride, MessageHeader.Length + _payload);

    private ref MessageHeader Header(int slot) => ref MemoryMarshal.AsRef<MessageHeader>(Frame(slot));

    [StructLayout(LayoutKind.Explicit, Size = 256)] // a cache line each: writer's, shared, reader's
    private struct Indices
    {
        [FieldOffset(64)]
        public int Writer;

        [FieldOffset(128)]
        public int Middle;

        [FieldOffset(192)]
        public int Reader;
    }
}
