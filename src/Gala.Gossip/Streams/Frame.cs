using System.Runtime.InteropServices;
using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Memory for one message of a stream, which is written, sent, received and read in place: made once, used again and again.</summary>
/// <remarks>Belongs to whoever took it from its <see cref="IFrameCycle"/>.</remarks>
public abstract class Frame : IDisposable
{
    private readonly AlignedBuffer<byte> _message; // a MessageHeader, which is the stream's own, and the content
    private bool _isAbandoned;

    /// <summary>Allocates the memory, zeroed.</summary>
    /// <param name="length">Bytes of content, the same for all frames of a stream.</param>
    protected Frame(int length) => _message = new AlignedBuffer<byte>(checked(MessageHeader.Length + length));

    /// <summary>What is brought from process to process; starts on a cache line.</summary>
    public Span<byte> Content => _message.Span[MessageHeader.Length..];

    /// <summary>Header and content.</summary>
    internal Span<byte> Message => _message.Span;

    /// <summary>Whether what was received says that the sender has left.</summary>
    internal bool IsFarewell => MemoryMarshal.AsRef<MessageHeader>(_message.Span).IsFarewell != 0;

    /// <summary>Lets <see cref="Dispose()"/> do nothing, since a message that nobody waits for any more may still be written there.</summary>
    internal void Abandon() => _isAbandoned = true;

    /// <summary>Frees the memory; nobody may use it any more.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_isAbandoned)
        {
            _message.Dispose();
        }
    }
}
