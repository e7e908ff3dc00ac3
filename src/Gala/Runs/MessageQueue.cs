using System.Collections.Concurrent;

namespace Gala.Runs;

/// <summary>Messages from the agents' threads to the thread that shows them.</summary>
internal sealed class MessageQueue
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>Any thread.</summary>
    public void Add(string message) => _messages.Enqueue(message);

    /// <summary>Hands all messages on, oldest first.</summary>
    public void Drain(Action<string> receive)
    {
        while (_messages.TryDequeue(out string? message))
        {
            receive(message);
        }
    }
}
