using Gala.Runs;

namespace Gala.Tests.Runs.Replays;

/// <summary>The file of a record: what a crash leaves of it, and what is damaged.</summary>
public sealed class RecordFileTests : IDisposable
{
    private static readonly byte[][] Contents = [[1, 2, 3], [], [4, 5, 6, 7, 8], [9]];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheBlocks()
    {
        Assert.Equal(Contents, ContentsOf(RecordFile.Read(Written())));
    }

    [Fact]
    public void Open_CutOffAtAnyByte_KeepsTheWholeBlocksAndGoesOnAfterThem()
    {
        byte[] whole = File.ReadAllBytes(Written());
        int[] ends = [.. Enumerable.Range(0, Contents.Length + 1).Select(count => Contents.Take(count).Sum(content => 13 + content.Length))];
        Assert.Equal(ends[^1], whole.Length);
        for (int length = 0; length <= whole.Length; length++)
        {
            string path = _folder.Write("torn", whole[..length]);
            byte[][] kept = Contents[..Array.FindLastIndex(ends, end => end <= length)];
            Assert.Equal(kept, ContentsOf(RecordFile.Read(path)));

            using (RecordFile more = new(path))
            {
                more.Append(RecordBlockKind.End, [42]);
            }

            Assert.Equal([.. kept, [42]], ContentsOf(RecordFile.Read(path)));
        }
    }

    [Fact]
    public void Open_WithATailOfZeros_CutsItOff()
    {
        byte[] whole = File.ReadAllBytes(Written());
        Assert.Equal(Contents, ContentsOf(RecordFile.Read(_folder.Write("zeros", [.. whole, .. new byte[100]]))));
    }

    [Fact]
    public void Read_WithABitTurnedBeforeTheLastBlock_IsRefused()
    {
        byte[] whole = File.ReadAllBytes(Written());
        for (int i = 0; i < whole.Length - 14; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            string path = _folder.Write("damaged", damaged);
            Assert.Throws<InvalidDataException>(() => RecordFile.Read(path));
            Assert.Throws<InvalidDataException>(() => new RecordFile(path));
            Assert.Equal(damaged, File.ReadAllBytes(path)); // nothing of it was cut off
        }
    }

    private static byte[][] ContentsOf(IEnumerable<RecordBlock> blocks) => [.. blocks.Select(block => block.Content)];

    private string Written()
    {
        using RecordFile file = new(_folder["record"]);
        foreach (byte[] content in Contents)
        {
            file.Append(RecordBlockKind.Decisions, content);
        }

        return _folder["record"];
    }
}
