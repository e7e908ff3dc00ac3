using Gala.Gossip;

namespace Gala.Tests.Runs;

/// <summary>What a stream is to do, for processes that are threads of a test: nothing happens but by <see cref="Carry"/>.</summary>
/// <param name="frames">By process.</param>
internal sealed class FrameCarrier(IReadOnlyList<IFrameCycle> frames)
{
    private readonly Frame?[] _underWay = new Frame?[frames.Count];

    /// <summary>Brings a full frame of each process to process 0, if there is one here and room there; returns whether all are closed.</summary>
    public bool Carry()
    {
        for (int process = 1; process < frames.Count; process++)
        {
            _underWay[process] ??= frames[process].TryTakeFull();
            if (_underWay[process] is { } full && frames[0].TryTakeEmpty() is { } empty)
            {
                full.Content.CopyTo(empty.Content);
                frames[0].Add(empty);
                frames[process].GiveBack(full);
                _underWay[process] = null;
            }
        }

        if (frames.Any(one => one.IsClosed))
        {
            foreach (IFrameCycle one in frames)
            {
                one.Close();
            }
        }

        return frames[0].IsClosed;
    }
}
