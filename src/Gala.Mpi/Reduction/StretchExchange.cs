using System.Globalization;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi.Reduction;

/// <summary>The part of a reduction that goes between processes: each sums one stretch of all vectors and tells the others.</summary>
/// <remarks>For one thread of a process. A round is over when all processes have come to it. Vectors are sent with a line behind them that
/// holds whether the sender was asked to stop, so that all processes stop in the same round.</remarks>
internal sealed class StretchExchange : IDisposable
{
    private const int Line = AlignedBuffer<float>.Alignment / sizeof(float);

    private readonly MpiThread _thread;
    private readonly MpiLibrary _library;
    private readonly ProcessWatch _watch;
    private readonly AlignedBuffer<float>[] _vectors; // of this process
    private readonly AlignedBuffer<float> _mean;
    private readonly int _agents;
    private readonly int _process;
    private readonly Range[] _stretches; // by process
    private readonly AlignedBuffer<float>[] _sent; // by process: its stretch of each vector, and the line
    private readonly AlignedBuffer<float>[] _received; // by process: this one's stretch of its vectors, and the line
    private readonly List<MpiTransfer> _sums = []; // of the first half of a round
    private readonly List<MpiTransfer> _means = []; // of the second
    private nint _communicator;
    private bool _hasSummed; // the first half of the round under way is over
    private long _began; // timestamp of the round's start

    /// <param name="thread">Moves the messages.</param>
    /// <param name="library">Whose messages.</param>
    /// <param name="watch">Tells of processes that are gone.</param>
    /// <param name="process">This one.</param>
    /// <param name="processes">How many there are.</param>
    /// <param name="vectors">What is summed, of this process.</param>
    /// <param name="mean">Gets the sum of all, divided by <paramref name="agents"/>.</param>
    /// <param name="agents">Of all processes.</param>
    public StretchExchange(
        MpiThread thread, MpiLibrary library, ProcessWatch watch, int process, int processes, AlignedBuffer<float>[] vectors, AlignedBuffer<float> mean, int agents)
    {
        (_thread, _library, _watch, _process, _vectors, _mean, _agents) = (thread, library, watch, process, vectors, mean, agents);
        thread.Call(() => _communicator = library.Duplicate(library.World));
        _stretches = [.. Enumerable.Range(0, processes).Select(index => Stretch(index, processes))];
        _sent = [.. _stretches.Select(stretch => new AlignedBuffer<float>((vectors.Length * LengthOf(stretch)) + Line))];
        _received = [.. _stretches.Select(_ => new AlignedBuffer<float>((vectors.Length * LengthOf(_stretches[process])) + Line))];
        for (int other = 0; other < processes; other++)
        {
            if (other != process)
            {
                _sums.Add(new MpiTransfer(other, Request(other, tag: 0), sends: true, _sent[other], ..));
                _sums.Add(new MpiTransfer(other, Request(other, tag: 0), sends: false, _received[other], ..));
                _means.Add(new MpiTransfer(other, Request(other, tag: 1), sends: true, mean, _stretches[process]));
                _means.Add(new MpiTransfer(other, Request(other, tag: 1), sends: false, mean, _stretches[other]));
            }
        }

        thread.Call(() =>
        {
            _sums.ForEach(thread.Add);
            _means.ForEach(thread.Add);
        });

        MpiRequest Request(int other, int tag) => new(library, _communicator, other, tag);
    }

    /// <summary>Begins a round, which sums the vectors of all processes into the mean.</summary>
    /// <param name="stop">Whether this process was asked to stop.</param>
    public void Begin(bool stop)
    {
        for (int other = 0; other < _stretches.Length; other++)
        {
            Pack(other == _process ? _received[other].Span : _sent[other].Span, _stretches[other], stop);
        }

        _began = TimeProvider.System.GetTimestamp();
        Begin(_sums);
        _hasSummed = false;
    }

    /// <summary>Moves the round on. Never waits.</summary>
    /// <param name="stop">Whether any process was asked to stop, once the round is over.</param>
    /// <param name="waited">How long the round has taken.</param>
    /// <returns>Whether the round is over.</returns>
    /// <exception cref="MpiException">A process is gone, and a mean over all needs every one.</exception>
    public bool TryEnd(out bool stop, out TimeSpan waited)
    {
        _thread.MoveOn();
        if (!_hasSummed && AreDone(_sums))
        {
            SumStretch();
            _hasSummed = true;
            Begin(_means);
            _thread.MoveOn();
        }

        bool isOver = _hasSummed && AreDone(_means);
        stop = isOver && Array.Exists(_received, buffer => buffer.Span[^Line] != 0);
        waited = TimeProvider.System.GetElapsedTime(_began);
        return isOver;
    }

    public void Dispose()
    {
        _thread.Call(() =>
        {
            _sums.ForEach(_thread.Remove);
            _means.ForEach(_thread.Remove);
            _library.Free(_communicator);
        });
        _sums.ForEach(transfer => transfer.Dispose());
        _means.ForEach(transfer => transfer.Dispose());
        Array.ForEach(_sent, buffer => buffer.Dispose());
        Array.ForEach(_received, buffer => buffer.Dispose());
    }

    private void Pack(Span<float> target, Range stretch, bool stop)
    {
        int length = LengthOf(stretch);
        for (int vector = 0; vector < _vectors.Length; vector++)
        {
            _vectors[vector].Span[stretch].CopyTo(target[(vector * length)..]);
        }

        target[^Line] = stop ? 1 : 0;
    }

    private static void Begin(List<MpiTransfer> transfers)
    {
        foreach (MpiTransfer transfer in transfers)
        {
            transfer.Begin();
        }
    }

    private bool AreDone(List<MpiTransfer> transfers)
    {
        foreach (MpiTransfer transfer in transfers)
        {
            if (!transfer.IsDone)
            {
                ThrowIfGone(transfer.Process);
                return false;
            }
        }

        return true;
    }

    private void ThrowIfGone(int process)
    {
        if (_watch.Of(process).IsGone)
        {
            throw new MpiException(string.Create(
                CultureInfo.InvariantCulture, $"process {process} gave no sign of life for {_watch.TimeOut.TotalSeconds:0.#} s, and a mean over all needs every one"));
        }
    }

    // The upper levels of the tree, on this process' stretch.
    private void SumStretch()
    {
        int count = _received.Length * _vectors.Length;
        for (int distance = 1; distance < count; distance *= 2)
        {
            for (int left = 0; left + distance < count; left += 2 * distance)
            {
                Kernels.Add(Received(left), Received(left + distance));
            }
        }

        Span<float> mean = _mean.Span[_stretches[_process]];
        Received(0).CopyTo(mean);
        Kernels.Scale(mean, 1f / _agents);
    }

    private Span<float> Received(int vector)
    {
        int length = LengthOf(_stretches[_process]);
        return _received[vector / _vectors.Length].Span.Slice(vector % _vectors.Length * length, length);
    }

    private Range Stretch(int index, int processes)
    {
        int lines = (_mean.Length + Line - 1) / Line;
        int Start(int at) => Math.Min(_mean.Length, (int)((long)lines * at / processes) * Line);
        return Start(index)..Start(index + 1);
    }

    private static int LengthOf(Range stretch) => stretch.End.Value - stretch.Start.Value;
}
