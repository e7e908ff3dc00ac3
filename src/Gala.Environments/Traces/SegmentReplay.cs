using System.Globalization;
using Gala.Environments.MinAtar;

namespace Gala.Environments;

/// <summary>Replays one segment and insists on every requirement of the trace format.</summary>
internal sealed class SegmentReplay
{
    private readonly TraceSegment _segment;
    private readonly RecordedDraws _draws = new();
    private readonly StickyPlay _play;
    private readonly float[] _observation;
    private int _nextObservation;
    private int _nextReset;

    public SegmentReplay(TraceSegment segment)
    {
        _segment = segment;
        IMinAtarGame game = segment.Description().Create(segment.DifficultyRamping);
        _play = new StickyPlay(game, segment.StickyActionProb, _draws);
        _observation = new float[Board.Cells * segment.Channels];
    }

    /// <summary>The step in hand; −1 during the reset at the start.</summary>
    public int Step { get; private set; } = -1;

    /// <exception cref="ReplayMismatchException">The game left the trace.</exception>
    public void Run()
    {
        Reset(_segment.Start, "");
        for (Step = 0; Step < _segment.Steps; Step++)
        {
            Act();
            if (_nextReset < _segment.Resets.Length && _segment.Resets[_nextReset].After == Step)
            {
                Reset(_segment.Resets[_nextReset++], "reset after it: ");
            }
        }
    }

    private void Act()
    {
        _draws.Fill(_segment.Draws[Step]);
        int reward = _play.Act(_segment.Actions[Step]);
        _draws.RequireEmpty();
        RequireEqual("reward", reward, _segment.Rewards[Step]);
        RequireEqual("terminal", _play.Terminal ? 1 : 0, _segment.Terminals[Step]);
        _play.Observe(_observation);
        if (_nextObservation < _segment.Obs.Length && _segment.Obs[_nextObservation].Step == Step)
        {
            RequireObservation(_segment.Obs[_nextObservation++].Obs);
        }

        RequireHash(_segment.Hashes[Step]);
    }

    private void Reset(TraceReset reset, string prefix)
    {
        try
        {
            _draws.Fill(reset.Draws);
            _play.Reset();
            _draws.RequireEmpty();
            _play.Observe(_observation);
            RequireObservation(reset.Obs);
            RequireHash(reset.Hash);
        }
        catch (ReplayMismatchException mismatch) when (prefix.Length > 0)
        {
            throw new ReplayMismatchException(prefix + mismatch.Message);
        }
    }

    private void RequireHash(string expected)
    {
        string actual = ObservationHash.Text(ObservationHash.Of(_observation));
        if (actual != expected)
        {
            throw new ReplayMismatchException($"hash of the observation is {actual}, expected {expected}");
        }
    }

    private void RequireObservation(int[] ones)
    {
        int next = 0;
        for (int index = 0; index < _observation.Length; index++)
        {
            bool expected = next < ones.Length && ones[next] == index;
            next += expected ? 1 : 0;
            if (_observation[index] != 0 != expected)
            {
                int cell = index / _segment.Channels;
                throw new ReplayMismatchException($"observation at x {cell % Board.Size}, y {cell / Board.Size}, channel "
                    + $"{_segment.Description().ChannelNames[index % _segment.Channels]} is {_observation[index].ToString(CultureInfo.InvariantCulture)}, "
                    + $"expected {(expected ? 1 : 0)}");
            }
        }
    }

    private static void RequireEqual(string what, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ReplayMismatchException($"{what} is {actual}, expected {expected}");
        }
    }
}
