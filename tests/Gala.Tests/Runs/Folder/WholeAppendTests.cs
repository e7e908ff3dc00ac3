using Gala.Runs;

namespace Gala.Tests.Runs.Folder;

public sealed class WholeAppendTests
{
    [Fact]
    public void Write_AStreamThatTakesOnlyAPart_LeavesTheFileAsItWas()
    {
        using TemporaryFolder folder = new();
        using (TightFile file = new(folder["lines"], room: 10))
        {
            WholeAppend.Write(file, "123456\n"u8);
            Assert.Throws<IOException>(() => WholeAppend.Write(file, "abcdef\n"u8));
            file.Room = 100;
            WholeAppend.Write(file, "again\n"u8);
        }

        Assert.Equal("123456\nagain\n", File.ReadAllText(folder["lines"]));
    }

    /// <summary>A file on a disk with little room.</summary>
    private sealed class TightFile(string path, int room) : FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0)
    {
        public int Room { get; set; } = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int left = (int)Math.Min(Room - Length, buffer.Length);
            base.Write(buffer[..left]);
            if (left < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
