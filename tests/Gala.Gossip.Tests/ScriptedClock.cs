namespace Gala.Gossip.Tests;

/// <summary>A clock that moves on by a second whenever it is read, and lets a test act at that moment: a wait becomes a script.</summary>
internal sealed class ScriptedClock(Action<int>? read = null) : TimeProvider
{
    private int _reads;

    public int Reads => _reads;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp()
    {
        read?.Invoke(_reads);
        return _reads++;
    }
}
