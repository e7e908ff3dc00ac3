namespace Gala.Environments.Tests;

/// <summary>Saves and restores states in memory.</summary>
internal static class SavedState
{
    public static byte[] Of(IResumable subject)
    {
        using MemoryStream stream = new();
        subject.SaveState(new BinaryWriter(stream));
        return stream.ToArray();
    }

    public static void Load(IResumable subject, byte[] state)
    {
        using MemoryStream stream = new(state);
        subject.LoadState(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
    }
}
