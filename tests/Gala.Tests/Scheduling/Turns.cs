using Gala.Architectures;

namespace Gala.Tests.Scheduling;

/// <summary>Turns by hand.</summary>
internal static class Turns
{
    /// <summary>Has a worker make a turn that need not wait; whether it is to go on.</summary>
    public static bool MakeTurn(this IWorker worker)
    {
        Turn turn;
        do
        {
            turn = worker.TakeTurn(CancellationToken.None);
        }
        while (turn.End == TurnEnd.Yielded);

        Assert.True(turn.End != TurnEnd.Waiting);
        return turn.End == TurnEnd.Done;
    }

    /// <summary>Has a worker make a turn, and waits on this thread for what it needs; whether it is to go on.</summary>
    public static bool AwaitTurn(this IWorker worker)
    {
        SpinWait spin = default;
        Turn turn;
        while ((turn = worker.TakeTurn(CancellationToken.None)).End is TurnEnd.Waiting or TurnEnd.Yielded)
        {
            spin.SpinOnce();
        }

        return turn.End == TurnEnd.Done;
    }
}
