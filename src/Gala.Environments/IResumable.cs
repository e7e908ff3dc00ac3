namespace Gala.Environments;

/// <summary>Something whose whole state can be saved and restored exactly, random stream included, so that a run can be resumed to the bit.</summary>
public interface IResumable
{
    /// <summary>Writes the state.</summary>
    void SaveState(BinaryWriter writer);

    /// <summary>Restores what <see cref="SaveState"/> wrote, and reads exactly that many bytes.</summary>
    /// <exception cref="InvalidDataException">The data is not a state of this type.</exception>
    void LoadState(BinaryReader reader);
}
