using Gala.Runs;

namespace Gala.Tests.Runs.Folder;

public sealed class DurableFileTests
{
    [Fact]
    public void Replace_CannotBeDone_LeavesNothingBehind()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["taken/inside"]); // a file cannot take the place of a folder

        Assert.ThrowsAny<Exception>(() => DurableFile.Replace(folder["taken"], "new"u8));

        Assert.Equal([folder["taken"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.True(Directory.Exists(folder["taken/inside"]));
    }

    [Fact]
    public void Replace_AnotherOneWritesTheSame_FailsAndLeavesItsWork()
    {
        using TemporaryFolder folder = new();
        folder.Write("file", "old"u8.ToArray());
        using FileStream other = new(folder["file.tmp"], FileMode.Create, FileAccess.Write, FileShare.None);
        other.Write("other"u8);
        other.Flush();

        Assert.Throws<IOException>(() => DurableFile.Replace(folder["file"], "new"u8));

        Assert.Equal("old", File.ReadAllText(folder["file"]));
        Assert.Equal(5, new FileInfo(folder["file.tmp"]).Length);
    }
}
