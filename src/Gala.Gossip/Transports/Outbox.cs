using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Where one sender's messages lie: each is written once, however many edges it goes over, and read in place by all that receive it.</summary>
/// <remarks>
/// <para>An edge holds two slots at most: the latest message and the one that its reader has. With one to write into that makes 2d + 1 slots for d
/// edges, so there is always a free one and nobody waits.</para>
/// <para>Only the writer counts who holds a slot. A reader gives one back by trading it for the latest, and the writer finds it there when it next
/// publishes: <see cref="Mailbox"/>. Belongs to the writer's thread.</para>
/// </remarks>
internal sealed class Outbox : IDisposable
{
    private const int None = -1;

    private readonly AlignedBuffer<byte>[] _slots; // a MessageHeader and the parameters each
    private readonly int[] _holders; // of each slot, the writer itself included
    private readonly Stack<int> _free; // the one freed last is the one most likely in a cache
    private readonly MessageFormat _format;
    private int _written = None; // being written

    /// <summary>Makes the slots.</summary>
    /// <param name="length">Elements of every message.</param>
    /// <param name="format">How they lie in it.</param>
    /// <param name="edges">d, 1 or more.</param>
    public Outbox(int length, MessageFormat format, int edges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (Length, _format) = (length, format);
        int bytes = checked(MessageHeader.Length + MessagePayload.Length(length, format));
        _slots = new AlignedBuffer<byte>[checked((2 * edges) + 1)];
        _holders = new int[_slots.Length];
        _free = new Stack<int>(_slots.Length);
        for (int slot = _slots.Length - 1; slot >= 0; slot--)
        {
            _slots[slot] = new AlignedBuffer<byte>(bytes);
            _free.Push(slot);
        }
    }

    /// <summary>Elements of every message.</summary>
    public int Length { get; }

    /// <summary>Slots that nobody holds.</summary>
    public int Free => _free.Count;

    /// <summary>Header and parameters of the message to be sent next, for who fills them in place.</summary>
    public Span<byte> Frame => _slots[Written].Span;

    private int Written
    {
        get
        {
            if (_written == None)
            {
                _written = _free.Pop();
                _holders[_written] = 1;
            }

            return _written;
        }
    }

    /// <summary>Copies a message in. It is sent once it was posted to the edges that it goes over: <see cref="Post"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has another length than the messages.</exception>
    public void Write(ReadOnlySpan<float> parameters, long iteration, double weight)
    {
        if (parameters.Length != Length)
        {
            throw new ArgumentException($"A message of {parameters.Length} elements does not fit a mailbox of {Length}.", nameof(parameters));
        }

        Span<byte> frame = Frame;
        MessagePayload.Write(parameters, frame[MessageHeader.Length..], _format);
        MemoryMarshal.AsRef<MessageHeader>(frame) = new MessageHeader { Iteration = iteration, Weight = weight };
    }

    /// <summary>Ends the writing of a message.</summary>
    /// <returns>Its slot, to be handed to the mailbox of each edge that it goes over, and then to be released.</returns>
    public int Post()
    {
        int slot = Written;
        _written = None;
        return slot;
    }

    /// <summary>Counts one more holder of a slot.</summary>
    public void Hold(int slot) => _holders[slot]++;

    /// <summary>Counts one fewer; what nobody holds is written into again, though not before the next message.</summary>
    /// <param name="slot">A slot, or a negative number for none.</param>
    public void Release(int slot)
    {
        if (slot >= 0 && --_holders[slot] == 0)
        {
            _free.Push(slot);
        }
    }

    /// <summary>Header and parameters in a slot.</summary>
    public ReadOnlySpan<byte> FrameOf(int slot) => _slots[slot].Span;

    /// <summary>The message in a slot, in place; one that does not exist for a negative number.</summary>
    public GossipMessage Message(int slot)
    {
        if (slot < 0)
        {
            return MessagePayload.Read([], _format, GossipMessage.None, 0);
        }

        ReadOnlySpan<byte> frame = _slots[slot].Span;
        ref readonly MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(frame);
        return MessagePayload.Read(frame[MessageHeader.Length..], _format, header.Iteration, header.Weight);
    }

    /// <summary>Frees the memory; all agents must have stopped.</summary>
    public void Dispose() => Array.ForEach(_slots, slot => slot.Dispose());
}
