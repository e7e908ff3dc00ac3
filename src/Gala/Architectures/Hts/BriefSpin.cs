namespace Gala.Architectures.Hts;

/// <summary>Some turns of looking again before a thread goes to sleep: waking it would take longer than what it waits for often does.</summary>
internal struct BriefSpin
{
    /// <summary>How soon a sleeping thread notices that the run was aborted.</summary>
    public static readonly TimeSpan CancellationPoll = TimeSpan.FromMilliseconds(20);

    private const int Turns = 30; // most of them yield the processor, so that nobody is held up where threads are more than cores
    private SpinWait _spin;

    /// <summary>One turn. Returns whether to go on looking.</summary>
    public bool Next()
    {
        _spin.SpinOnce(sleep1Threshold: -1);
        return _spin.Count < Turns;
    }
}
