using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;

namespace Gala.Mpi.Streams;

/// <summary>Frames from all other processes to process 0, by non-blocking messages.</summary>
/// <remarks>Who fills and empties frames knows their <see cref="IFrameCycle"/> only. <see cref="MpiThread"/> sends them from where they were filled and
/// receives them where they are read, without a copy on either side. All processes open and dispose it together.</remarks>
internal sealed class MpiFrames : IDisposable
{
    private readonly MpiThread _thread;
    private readonly MpiLibrary _library;
    private readonly IFrameCycle _frames;
    private readonly OutgoingFrames? _outgoing; // but for process 0
    private readonly List<IncomingFrames> _incoming = []; // of process 0
    private nint _communicator;

    /// <param name="thread">Moves the messages.</param>
    /// <param name="library">Whose messages.</param>
    /// <param name="watch">Tells of processes that are gone.</param>
    /// <param name="process">This one.</param>
    /// <param name="processes">How many there are.</param>
    /// <param name="frames">Of this process.</param>
    public MpiFrames(MpiThread thread, MpiLibrary library, ProcessWatch watch, int process, int processes, IFrameCycle frames)
    {
        (_thread, _library, _frames) = (thread, library, frames);
        thread.Call(() => _communicator = library.Duplicate(library.World));
        frames.CarryOn = thread.MoveOn;
        if (process > 0)
        {
            _outgoing = new OutgoingFrames(frames, Request(0, tag: 0), Request(0, tag: 1), watch.Of(0));
            thread.Call(() => thread.Add(_outgoing));
            return;
        }

        for (int other = 1; other < processes; other++)
        {
            _incoming.Add(new IncomingFrames(frames, Request(other, tag: 0), Request(other, tag: 1), watch.Of(other)));
        }

        thread.Call(() => _incoming.ForEach(thread.Add));

        MpiRequest Request(int other, int tag) => new(library, _communicator, other, tag);
    }

    public void Dispose()
    {
        _frames.Close();
        _thread.WaitUntil(() => _outgoing?.IsIdle ?? _incoming.TrueForAll(incoming => incoming.IsIdle));
        bool isOver = false;
        _thread.Call(() => isOver = _outgoing?.IsOver ?? _incoming.TrueForAll(incoming => incoming.IsOver));
        if (!isOver)
        {
            _outgoing?.Abandon(); // should a silent process come back
            _incoming.ForEach(incoming => incoming.Abandon());
            return;
        }

        _thread.Call(() =>
        {
            if (_outgoing is not null)
            {
                _thread.Remove(_outgoing);
            }

            _incoming.ForEach(_thread.Remove);
            _library.Free(_communicator);
        });
        _outgoing?.Dispose();
        _incoming.ForEach(incoming => incoming.Dispose());
    }
}
