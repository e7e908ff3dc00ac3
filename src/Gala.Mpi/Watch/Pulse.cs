using Gala.Mpi.Binding;
using Gala.Numerics;

namespace Gala.Mpi.Watch;

/// <summary>Signs of life between this process and another one: a number in each direction, every now and then.</summary>
/// <remarks>Of who moves activities on, one thread at a time; <see cref="IsSilent"/> and <see cref="IsGone"/> are read by all.</remarks>
/// <param name="library">Whose messages.</param>
/// <param name="communicator">Of the signs of life alone.</param>
/// <param name="process">The other process.</param>
internal sealed class Pulse(MpiLibrary library, nint communicator, int process) : IDisposable
{
    private readonly MpiRequest _send = new(library, communicator, process, tag: 0);
    private readonly MpiRequest _receive = new(library, communicator, process, tag: 0);
    private readonly AlignedBuffer<byte> _said = new(1);
    private readonly AlignedBuffer<byte> _heard = new(1);
    private TimeSpan _saidAt;
    private TimeSpan _heardAt;
    private bool _speaks;
    private bool _listens;
    private bool _failed;
    private bool _isGone;
    private bool _isSilent;

    /// <summary>The other process.</summary>
    public int Process { get; } = process;

    /// <summary>What it said last.</summary>
    public Sign Heard { get; private set; }

    /// <summary>Whether nothing came from it for too long, or MPI cannot reach it any more: it is not waited for until it is back.</summary>
    public bool IsSilent => Volatile.Read(ref _isSilent);

    /// <summary>Whether it is silent, or has left so long ago that whatever it sent is here: nobody need wait for a message to or from it.</summary>
    public bool IsGone => Volatile.Read(ref _isGone);

    /// <summary>Whether a sign was the last that went there, and has gone.</summary>
    public bool HasSaid(Sign sign) => _speaks && _said.Span[0] == (byte)sign && !_send.IsActive;

    /// <summary>Gives the process up: a message to or from it has failed.</summary>
    public void Fail()
    {
        _failed = true;
        SetGone(true);
    }

    /// <summary>Hears what has come and says what is due.</summary>
    /// <param name="now">Since the start, without the time for which this process itself stood still.</param>
    /// <param name="sign">What to say.</param>
    /// <param name="timeOut">How long the other process may say nothing.</param>
    public void Advance(TimeSpan now, Sign sign, TimeSpan timeOut)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            Listen(now);
            Speak(now, sign, ProcessWatch.IntervalOf(timeOut));
            SetGone(now - _heardAt > timeOut);
        }
        catch (MpiException)
        {
            Fail();
        }
    }

    public void Dispose()
    {
        _send.Dispose();
        _receive.Dispose();
        _said.Dispose();
        _heard.Dispose();
    }

    private void SetGone(bool isGone)
    {
        Volatile.Write(ref _isGone, isGone);
        Volatile.Write(ref _isSilent, isGone && Heard == Sign.Alive);
    }

    private void Listen(TimeSpan now)
    {
        if (_listens && _receive.IsDone())
        {
            (Heard, _heardAt, _listens) = ((Sign)_heard.Span[0], now, false);
        }

        if (!_listens && Heard == Sign.Alive) // who leaves says nothing more
        {
            _receive.Receive(_heard.Span);
            _listens = true;
        }
    }

    private void Speak(TimeSpan now, Sign sign, TimeSpan interval)
    {
        if (!_send.IsDone())
        {
            return;
        }

        bool isNews = !_speaks || (byte)sign != _said.Span[0];
        if (isNews || (sign == Sign.Alive && now - _saidAt >= interval))
        {
            _said.Span[0] = (byte)sign;
            _send.Send(_said.Span);
            (_speaks, _saidAt) = (true, now);
        }
    }
}
