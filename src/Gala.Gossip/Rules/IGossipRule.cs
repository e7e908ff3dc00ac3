namespace Gala.Gossip;

/// <summary>Decides after each update of one agent whether an exchange follows. Belongs to that agent and its thread.</summary>
public interface IGossipRule
{
    /// <summary>Whether agents at the same update decide alike without asking each other, since only its number and learning rate count.</summary>
    bool IsCommon { get; }

    /// <summary>Whether an exchange follows. Asked once an update, in order. Allocates nothing.</summary>
    bool IsDue(in CompletedUpdate update);

    /// <summary>Saves what the next answers depend on; nothing where there is no such thing.</summary>
    void SaveState(BinaryWriter writer)
    {
    }

    /// <summary>Restores what <see cref="SaveState"/> saved.</summary>
    void LoadState(BinaryReader reader)
    {
    }
}
