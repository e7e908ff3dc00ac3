namespace Gala.Environments.Tests;

public class EpisodeOrderTests
{
    [Fact]
    public void Merge_OneBatchIsSlower_CountsItsEpisodesByWhenTheyEnded()
    {
        EpisodeOrder order = EpisodeOrder.ByEnd();
        SimulatorBatch slow = Batch(order, 0), fast = Batch(order, 1);
        Play(slow, episodes: 1);
        Play(fast, episodes: 300);
        Play(slow, episodes: 2);
        Episode[] last = EpisodeLog.Merge([slow.Episodes, fast.Episodes]);
        Assert.Equal([1, 1, 0, 0], last.TakeLast(4).Select(episode => episode.Simulator));
        Assert.Equal(Enumerable.Range(204, 100).Select(number => (long)number), last.Select(episode => episode.Order));
    }

    [Fact]
    public void Merge_ByStep_OrdersByStepThenSimulatorWhoeverCameFirst()
    {
        EpisodeOrder order = EpisodeOrder.ByStep(4);
        SimulatorBatch first = Batch(order, 0), second = Batch(order, 1);
        Play(second, episodes: 2);
        Play(first, episodes: 2);
        Assert.Equal([0, 1, 0, 1], EpisodeLog.Merge([second.Episodes, first.Episodes]).Select(episode => episode.Simulator));
        Assert.All(first.Episodes.ToArray(), episode => Assert.Equal(episode.Step, episode.Order));
    }

    [Fact]
    public void ByStep_SimulatorsThatStartAnewInAResumedRun_CountOnFromTheStepsBefore()
    {
        EpisodeOrder order = EpisodeOrder.ByStep(4);
        SimulatorBatch anew = Batch(order, 0, framesBefore: 4_000);
        Play(anew, episodes: 1);
        Assert.Equal((3L, 1_003L), (anew.Episodes.ToArray()[0].Step, anew.Episodes.ToArray()[0].Order));
    }

    [Fact]
    public void Step_SeveralEnvironments_GivesAnEpisodeOnePlaceInBothLogs()
    {
        EpisodeOrder order = EpisodeOrder.ByEnd();
        SimulatorBatch one = new([new Counter(length: 3), new Counter(length: 3)], seed: 1, kinds: 2) { Order = order };
        SimulatorBatch other = new([new Counter(length: 3), new Counter(length: 3)], seed: 1, firstSimulator: 2, kinds: 2) { Order = order };
        Play(one, episodes: 1);
        Play(other, episodes: 200);
        Play(one, episodes: 1);
        Episode[] last = EpisodeLog.Merge([one.EpisodesByKind[1], other.EpisodesByKind[1]]);
        Assert.Equal(1, last[^1].Simulator);
        Assert.Equal(last[^1], one.Episodes.ToArray()[^1]);
    }

    [Fact]
    public void LoadState_EpisodesOfAnEarlierSession_GoesOnAboveThem()
    {
        SimulatorBatch earlier = SimulatorBatch.Create("classic/cartpole:limit=3", 1, seed: 1);
        EpisodeLog log = earlier.Episodes;
        earlier.Reset(new float[4]);
        log.Add(new Episode(3, 0, 1, 1) { Order = 977 });
        EpisodeOrder order = EpisodeOrder.ByEnd();
        SimulatorBatch resumed = new([EnvironmentRegistry.Default.Create("classic/cartpole:limit=3")], seed: 1) { Order = order };
        SimulatorBatch other = Batch(order, 1);
        SavedState.Load(resumed, SavedState.Of(earlier));
        Play(other, episodes: 1);
        Assert.Equal(978, other.Episodes.ToArray()[0].Order);
        Assert.Equal(977, resumed.Episodes.ToArray()[0].Order);
    }

    [Fact]
    public void ByEnd_ManyThreads_GivesEachNumberOnce()
    {
        EpisodeOrder order = EpisodeOrder.ByEnd();
        SimulatorBatch[] batches = [.. Enumerable.Range(0, 4).Select(index => Batch(order, index))];
        Thread[] threads = [.. batches.Select(batch => new Thread(() => Play(batch, episodes: 90)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(
            Enumerable.Range(1, 360).Select(number => (long)number),
            batches.SelectMany(batch => batch.Episodes.ToArray()).Select(episode => episode.Order).Order());
    }

    [Fact]
    public void LoadState_LogOfBeforeFormat3_OrdersByStep()
    {
        using MemoryStream old = new();
        BinaryWriter writer = new(old);
        writer.Write(0x474F4C45); // "ELOG"
        writer.Write(2L);
        foreach (long step in (long[])[8, 12])
        {
            writer.Write(step);
            writer.Write(5);
            writer.Write(1.5);
            writer.Write(4);
        }

        EpisodeLog log = new();
        SavedState.Load(log, old.ToArray());
        Assert.Equal([new Episode(8, 5, 1.5, 4), new Episode(12, 5, 1.5, 4)], log.ToArray());
        Assert.Equal([8L, 12], log.ToArray().Select(episode => episode.Order));
    }

    [Fact]
    public void LoadState_Damaged_LeavesTheLogReadable()
    {
        EpisodeLog log = new();
        log.Add(new Episode(1, 2, 3, 4));
        byte[] state = SavedState.Of(log);
        Assert.Throws<InvalidDataException>(() => SavedState.Load(log, state[..^1]));
        Assert.Equal(new Episode(1, 2, 3, 4), Assert.Single(log.ToArray()));
        state[^1] = 0x80; // a place below 0
        Assert.Throws<InvalidDataException>(() => SavedState.Load(log, state));
    }

    private static SimulatorBatch Batch(EpisodeOrder order, int simulator, long framesBefore = 0)
    {
        SimulatorBatch batch = new([new Counter(length: 3)], seed: 1, simulator) { Order = order, FramesBefore = framesBefore };
        batch.Reset(new float[2]);
        return batch;
    }

    private static void Play(SimulatorBatch batch, int episodes)
    {
        (float[] observations, float[] rewards) = (new float[2 * batch.Count], new float[batch.Count]);
        if (batch.Steps == 0)
        {
            batch.Reset(observations);
        }

        for (int step = 0; step < 3 * episodes; step++)
        {
            batch.Step(new int[batch.Count], observations, rewards, new bool[batch.Count], new bool[batch.Count]);
        }
    }
}
