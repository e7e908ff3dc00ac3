namespace Gala.Architectures;

/// <summary>How a worker's turn ended.</summary>
/// <remarks>A turn never waits. One that cannot go on says what it needs by <see cref="Waiting"/>, and is asked again when that has come.</remarks>
public readonly record struct Turn
{
    private Turn(TurnEnd end, TimeSpan atMost) => (End, AtMost) = (end, atMost);

    /// <summary>The turn's work is done, and more is to come.</summary>
    public static Turn Done { get; } = new(TurnEnd.Done, Timeout.InfiniteTimeSpan);

    /// <summary>The turn could go on at once, but is better off later: something that it would gladly have is likely to come soon, as
    /// <see cref="IWorker.HasHeardAll"/> will tell. Others come first meanwhile; where there are none it goes on.</summary>
    public static Turn Yielded { get; } = new(TurnEnd.Yielded, Timeout.InfiniteTimeSpan);

    /// <summary>There is nothing more to do: the worker, or in lock-step all of them, was asked to stop, or what it worked on has ended.</summary>
    public static Turn Ended { get; } = new(TurnEnd.Ended, Timeout.InfiniteTimeSpan);

    /// <summary>How it ended.</summary>
    public TurnEnd End { get; }

    /// <summary>How long a worker that waits may be left without being asked again; infinite where only its wake-up counts.</summary>
    public TimeSpan AtMost { get; }

    /// <summary>The turn cannot go on before something has come: a message, a barrier's round, an empty place in a queue, an answer of a device or of another
    /// process. What is waited for calls <see cref="IWorker.WakeUp"/>.</summary>
    /// <param name="atMost">How long until the worker is asked again without a wake-up; infinite if never.</param>
    public static Turn Waiting(TimeSpan atMost) => new(TurnEnd.Waiting, atMost);
}
