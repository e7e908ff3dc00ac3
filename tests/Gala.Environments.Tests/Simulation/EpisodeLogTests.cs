namespace Gala.Environments.Tests;

public class EpisodeLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(357)]
    public void ToArray_AfterAnyNumber_HoldsTheLastOldestFirst(int count)
    {
        EpisodeLog log = Filled(count);
        Assert.Equal(count, log.Total);
        Assert.Equal(Enumerable.Range(0, count).TakeLast(100).Select(i => (long)i), log.ToArray().Select(episode => episode.Step));
        EpisodeLog other = Filled(3);
        SavedState.Load(other, SavedState.Of(log));
        Assert.Equal(log.ToArray(), other.ToArray());
        Assert.Equal(log.Total, other.Total);
    }

    [Fact]
    public void CopyTo_ShortSpan_GivesTheNewest()
    {
        Episode[] episodes = new Episode[3];
        Assert.Equal(3, Filled(120).CopyTo(episodes, out long total));
        Assert.Equal(120, total);
        Assert.Equal([117L, 118, 119], episodes.Select(episode => episode.Step));
    }

    [Fact]
    public void Merge_SeveralAgents_OrdersByStepThenSimulator()
    {
        EpisodeLog first = new();
        EpisodeLog second = new();
        first.Add(new Episode(5, 1, 10, 1));
        first.Add(new Episode(9, 0, 11, 1));
        second.Add(new Episode(5, 0, 12, 1));
        second.Add(new Episode(7, 3, 13, 1));
        Assert.Equal([12.0, 10, 13, 11], EpisodeLog.Merge([first, second]).Select(episode => episode.Return));
        Assert.Equal(EpisodeLog.Merge([first, second]), EpisodeLog.Merge([second, first]));
        Assert.Equal(100, EpisodeLog.Merge([Filled(80), Filled(70)]).Length);
    }

    [Fact]
    public void LoadState_Damaged_Throws()
    {
        byte[] state = SavedState.Of(Filled(5));
        Assert.Throws<InvalidDataException>(() => SavedState.Load(new EpisodeLog(), state[..^1]));
        state[11] = 0xFF; // the total's sign
        Assert.Throws<InvalidDataException>(() => SavedState.Load(new EpisodeLog(), state));
    }

    [Fact]
    public async Task CopyTo_WhileTheOwnerWrites_IsNeverTorn()
    {
        EpisodeLog log = new();
        int stop = 0;
        Task writer = Task.Run(() =>
        {
            for (int i = 0; Volatile.Read(ref stop) == 0; i++)
            {
                log.Add(new Episode(i, ~i, 3.0 * i, -i));
                Thread.SpinWait(i % 200); // without a breath now and then no copy would ever be whole
            }
        });
        Episode[] episodes = new Episode[EpisodeLog.Capacity];
        long last = 0;
        bool sound = true;
        for (int snapshot = 0; sound && (snapshot < 20_000 || last < 1000); snapshot++)
        {
            int count = log.CopyTo(episodes, out long total);
            sound = total >= last;
            last = total;
            for (int i = 0; i < count; i++)
            {
                int n = (int)(total - count + i);
                sound &= episodes[i] == new Episode(n, ~n, 3.0 * n, -n);
            }
        }

        Volatile.Write(ref stop, 1);
        await writer;
        Assert.True(sound, "A snapshot mixed episodes of several moments.");
    }

    private static EpisodeLog Filled(int count)
    {
        EpisodeLog log = new();
        for (int i = 0; i < count; i++)
        {
            log.Add(new Episode(i, i % 4, i * 0.5, i + 1));
        }

        return log;
    }
}
