using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>One directed edge of a gossip that is repeated: of what is sent it keeps the messages that were taken, until they are taken again.</summary>
/// <remarks>One sender, one receiver; what both touch is guarded by the gate.</remarks>
internal sealed class ReplayEdge(IEdgeScript script, int length, MessageFormat format, bool keepsLast, int mostWaiting) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<AlignedBuffer<byte>> _waiting = []; // under the gate
    private readonly Stack<AlignedBuffer<byte>> _free = []; // likewise
    private AlignedBuffer<byte>? _current; // the receiver's
    private AlignedBuffer<byte>? _last; // the sender's, where messages come back
    private AlignedBuffer<byte>? _beforeLast; // likewise
    private long? _allowed; // iteration that the receiver takes next; its own

    /// <summary>Whether the sender may go on, since of the messages before its last one those to be taken were taken.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count <= mostWaiting;
            }
        }
    }

    /// <summary>Whether a message is still to be sent that was taken. Sender only.</summary>
    public bool IsNeeded => script.NextTaken is not null;

    /// <summary>Whether a message waits.</summary>
    public bool HasMessage
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>The message taken last. Receiver only.</summary>
    public GossipMessage Current => Read(_current);

    /// <summary>The message before the last one. Sender only.</summary>
    public GossipMessage BeforeLast => Read(_beforeLast);

    /// <summary>Sends a message, which is dropped unless it was taken. Sender only.</summary>
    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight)
    {
        if (keepsLast)
        {
            (_beforeLast, _last) = (_last, _beforeLast ?? New());
            Write(_last, parameters, iteration, weight);
        }

        if (script.NextTaken != iteration)
        {
            return;
        }

        script.Advance();
        AlignedBuffer<byte>? message;
        lock (_gate)
        {
            _ = _free.TryPop(out message);
        }

        message ??= New();
        Write(message, parameters, iteration, weight);
        lock (_gate)
        {
            _waiting.Enqueue(message);
        }
    }

    /// <summary>Lets the next <see cref="TryTake"/> find a message. Receiver only.</summary>
    /// <param name="iteration">Iteration of the message.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryAllow(long iteration)
    {
        lock (_gate)
        {
            if (!_waiting.TryPeek(out AlignedBuffer<byte>? message))
            {
                return false;
            }

            _allowed = iteration;
            long found = Read(message).Iteration;
            return found == iteration
                ? true
                : throw new InvalidOperationException($"The record asks for the message of update {iteration}, but the next one is of {found}.");
        }
    }

    /// <summary>Takes the message that was allowed, if one was. Receiver only.</summary>
    public bool TryTake()
    {
        if (_allowed is null)
        {
            return false;
        }

        _allowed = null;
        lock (_gate)
        {
            if (_current is not null)
            {
                _free.Push(_current);
            }

            _current = _waiting.Dequeue();
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (AlignedBuffer<byte>? buffer in (IEnumerable<AlignedBuffer<byte>?>)[.. _waiting, .. _free, _current, _last, _beforeLast])
        {
            buffer?.Dispose();
        }
    }

    private AlignedBuffer<byte> New() => new(checked(MessageHeader.Length + MessagePayload.Length(length, format)));

    private void Write(AlignedBuffer<byte> message, ReadOnlySpan<float> parameters, long iteration, double weight)
    {
        if (parameters.Length != length)
        {
            throw new ArgumentException($"A message of {parameters.Length} elements does not fit an edge of {length}.", nameof(parameters));
        }

        MessagePayload.Write(parameters, message.Span[MessageHeader.Length..], format);
        MemoryMarshal.AsRef<MessageHeader>(message.Span) = new MessageHeader { Iteration = iteration, Weight = weight };
    }

    private GossipMessage Read(AlignedBuffer<byte>? message)
    {
        if (message is null)
        {
            return MessagePayload.Read([], format, GossipMessage.None, 0);
        }

        ref readonly MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(message.Span);
        return MessagePayload.Read(message.Span[MessageHeader.Length..], format, header.Iteration, header.Weight);
    }
}
