using Gala.Architectures;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Tests.Architectures;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Runs;

/// <summary>Agents of asynchronous gossip without a bound on staleness: each makes updates when the test says so.</summary>
public sealed class CheckpointCollectorTests : IDisposable
{
    private readonly AgentGroup _group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic: false) with { MaxStaleness = null }, _ => { });
    private readonly CheckpointCollector _captures;

    public CheckpointCollectorTests() => _captures = new CheckpointCollector(_group.Agents, interval: 2);

    public void Dispose() => _group.Dispose();

    [Fact]
    public void AfterUpdate_AllAgentsAreDue_MakesAWholeSet()
    {
        Update(0, 2);
        Update(1, 3);
        Assert.False(_captures.TryTake(out _));
        Update(2, 2);

        Assert.Equal([2L, 2, 2], Taken());
        Assert.False(_captures.TryTake(out _));
    }

    [Fact]
    public void AfterUpdate_NobodyTakesTheSets_TheNewestAloneWaitsAndTheOthersAreCounted()
    {
        for (int update = 0; update < 40; update++)
        {
            UpdateAll(1);
        }

        Assert.Equal(19, _captures.LeftOut);
        Assert.Equal([40L, 40, 40], Taken());
        Assert.False(_captures.TryTake(out _));
    }

    [Fact]
    public void AfterUpdate_OneAgentIsFarBehind_FewSetsAreBegunBeforeItCompletesOne()
    {
        Update(0, 20);
        Update(1, 20);
        Assert.Equal(8, _captures.LeftOut); // of ten, two are begun

        Update(2, 2);
        Assert.Equal([2L, 2, 2], Taken());
        Update(2, 2);
        Assert.Equal([4L, 4, 4], Taken());
        Update(2, 15); // past those that were left out
        Assert.False(_captures.TryTake(out _));

        Update(0, 4);
        Update(1, 4);
        Update(2, 5);
        Assert.Equal([22L, 22, 22], Taken().Take(3).Select(updates => Math.Min(updates, 22)));
    }

    [Fact]
    public void Lose_AnAgentOfAnOpenSet_ItsLastCaptureStands()
    {
        UpdateAll(2);
        _ = Taken();
        Update(0, 2);
        Update(2, 2);

        _captures.Lose(_group.Agents[1]);

        Assert.True(_captures.TryTake(out IReadOnlyList<AgentCheckpoint> captures));
        Assert.Equal([4L, 2, 4], captures.Select(capture => capture.Updates));
        Assert.Equal([false, true, false], captures.Select(capture => capture.HasFailed));
    }

    [Fact]
    public void TakeBack_AnAgentThatIsBehind_NobodyWaitsForItUntilItHasCaughtUp()
    {
        _captures.Lose(_group.Agents[1]);
        for (int update = 0; update < 10; update++)
        {
            Update(0, 1);
            Update(2, 1);
        }

        Assert.Equal([10L, 0, 10], Taken());

        _captures.TakeBack(_group.Agents[1]);
        Update(0, 2);
        Update(2, 2);
        Assert.True(_captures.TryTake(out IReadOnlyList<AgentCheckpoint> behind));
        Assert.Equal([12L, 0, 12], behind.Select(capture => capture.Updates));
        Assert.DoesNotContain(behind, capture => capture.HasFailed);

        Update(1, 5); // it captures itself on the way, though those sets are long complete
        Update(0, 2);
        Update(2, 2);
        Assert.Equal([14L, 4, 14], Taken());

        Update(1, 11); // past the others: it opens the next set
        Assert.False(_captures.TryTake(out _));
        Update(0, 2);
        Assert.False(_captures.TryTake(out _)); // which now waits for each of them
        Update(2, 2);
        Assert.Equal([16L, 16, 16], Taken());
    }

    [Fact]
    public void Final_EveryAgentHasEnded_IsOfTheirLastUpdates()
    {
        Update(0, 3);
        Update(1, 5);
        foreach (IAgent agent in _group.Agents)
        {
            _captures.AtEnd(agent);
        }

        _captures.Lose(_group.Agents[2]);

        Assert.Equal([3L, 5, 0], _captures.Final().Select(capture => capture.Updates));
        Assert.Equal([false, false, true], _captures.Final().Select(capture => capture.HasFailed));
    }

    private IEnumerable<long> Taken()
    {
        Assert.True(_captures.TryTake(out IReadOnlyList<AgentCheckpoint> captures));
        return captures.Select(capture => capture.Updates);
    }

    private void UpdateAll(int updates)
    {
        foreach (int rank in Enumerable.Range(0, _group.Agents.Count))
        {
            Update(rank, updates);
        }
    }

    private void Update(int rank, int updates)
    {
        for (int update = 0; update < updates; update++)
        {
            Assert.True(_group.Agents[rank].MakeTurn());
            _captures.AfterUpdate(_group.Agents[rank]);
        }
    }
}
