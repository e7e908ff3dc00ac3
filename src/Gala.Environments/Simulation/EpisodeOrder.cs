namespace Gala.Environments;

/// <summary>Numbers the finished episodes of a run in the order in which they ended. The batches of a run share one; any thread.</summary>
public sealed class EpisodeOrder
{
    /// <summary>Largest number that a saved state may hold: whatever goes on above it has room.</summary>
    internal const long Largest = long.MaxValue / 2;

    private readonly long _framesOfAStep; // 0: episodes are numbered as they end
    private long _last; // by interlocked operations

    private EpisodeOrder(long framesOfAStep) => _framesOfAStep = framesOfAStep;

    /// <summary>Numbers episodes as they end: right for simulators that do not keep step with each other, and not repeatable.</summary>
    public static EpisodeOrder ByEnd() => new(framesOfAStep: 0);

    /// <summary>Numbers episodes by the step in which they end: right for simulators that keep step with each other, and the same in equal runs.</summary>
    /// <param name="framesOfAStep">Frames of one step of all simulators of the run, at least 1: those that start anew in a resumed run count on from
    /// the steps that were done before.</param>
    public static EpisodeOrder ByStep(long framesOfAStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(framesOfAStep, 1);
        return new EpisodeOrder(framesOfAStep);
    }

    /// <summary>Number of an episode that ends now.</summary>
    /// <param name="framesBefore">Frames that the run had done before its simulator started.</param>
    /// <param name="step">Steps that its simulator has played since.</param>
    internal long Next(long framesBefore, long step) =>
        _framesOfAStep > 0 ? (framesBefore / _framesOfAStep) + step : Interlocked.Increment(ref _last);

    /// <summary>Goes on above a number that was given in an earlier session.</summary>
    internal void GoOnAbove(long order)
    {
        long last = Volatile.Read(ref _last);
        while (last < order)
        {
            long seen = Interlocked.CompareExchange(ref _last, order, last);
            last = seen == last ? order : seen;
        }
    }
}
