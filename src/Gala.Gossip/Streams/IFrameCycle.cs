namespace Gala.Gossip;

/// <summary>A fixed number of frames that go around between those who fill them and those who empty them, as whoever carries them to another
/// process sees it: nothing here waits. Any thread.</summary>
public interface IFrameCycle
{
    /// <summary>Whether nothing can be taken any more.</summary>
    bool IsClosed { get; }

    /// <summary>Moves frames on; to be called by those who fill and empty them, after each. Nothing else calls it, least of all the members below.</summary>
    Action? CarryOn { set; }

    /// <summary>Takes an empty frame; null if there is none now, or they are closed.</summary>
    Frame? TryTakeEmpty();

    /// <summary>Takes the oldest full frame; null if there is none now, or they are closed.</summary>
    Frame? TryTakeFull();

    /// <summary>Adds a full frame, one of these.</summary>
    void Add(Frame full);

    /// <summary>Gives an empty frame back, one of these.</summary>
    void GiveBack(Frame empty);

    /// <summary>Says that nothing can be taken any more. Idempotent.</summary>
    void Close();
}
