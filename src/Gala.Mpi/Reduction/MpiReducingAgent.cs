using Gala.Gossip;

namespace Gala.Mpi.Reduction;

/// <summary>One agent's part in <see cref="MpiReduction"/>.</summary>
internal sealed class MpiReducingAgent : IGossip
{
    private const int AsksBeforeSleeping = 1_000; // one or two milliseconds
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    private readonly MpiReduction _reduction;
    private readonly int _rank;
    private readonly RoundWait _wait;
    private Step _step;
    private int _asks; // of the transfer under way

    public MpiReducingAgent(MpiReduction reduction, int rank)
    {
        (_reduction, _rank) = (reduction, rank);
        _wait = new RoundWait(reduction.Barrier, Statistics);
    }

    private enum Step
    {
        Write, // until all agents of this process have written
        Transfer, // the first agent's alone
        Read, // until the mean is there
    }

    public GossipStatistics Statistics { get; } = new();

    /// <summary>Large messages move while somebody calls MPI, so the first agent asks again at once, and only after some time now and then.</summary>
    public TimeSpan Patience => _step != Step.Transfer ? Timeout.InfiniteTimeSpan : _asks < AsksBeforeSleeping ? TimeSpan.Zero : Nap;

    public Action? WakeUp
    {
        set => _reduction.Barrier.AddWakeUp(value!);
    }

    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        Statistics.CountExchange();
        _reduction.Write(_rank, parameters);
        _step = Step.Write;
        _wait.Arrive();
    }

    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        result = new GossipResult(Mixed: false, Stop: true); // of a broken round
        RoundOutcome outcome = default;
        if (_step == Step.Write)
        {
            if (!_wait.HasPassed(out outcome))
            {
                return false;
            }

            if (outcome == RoundOutcome.Broken)
            {
                return true;
            }

            if (_rank == 0)
            {
                _reduction.BeginTransfer(outcome == RoundOutcome.CompleteAndStop);
                (_step, _asks) = (Step.Transfer, 0);
                Statistics.StartWaiting();
            }
            else
            {
                Arrive();
            }
        }

        if (_step == Step.Transfer)
        {
            _asks++;
            if (!_reduction.TryTransfer(out TimeSpan waited))
            {
                return false;
            }

            Statistics.StopWaiting(waited);
            Arrive();
        }

        if (!_wait.HasPassed(out outcome))
        {
            return false;
        }

        if (outcome != RoundOutcome.Broken)
        {
            bool stop = _reduction.Read(parameters);
            Statistics.CountMix(staleness: 0);
            result = new GossipResult(Mixed: true, stop);
        }

        return true;
    }

    public void RequestStop() => _reduction.Barrier.RequestStop();

    public void Leave() => _reduction.Barrier.Break();

    private void Arrive()
    {
        _step = Step.Read;
        _wait.Arrive();
    }
}
