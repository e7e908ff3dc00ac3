using Gala.Architectures;

namespace Gala.Tests.Architectures;

public sealed class TrajectoryQueueTests
{
    [Fact]
    public void TryTake_TrajectoriesAddedInSomeOrder_AreTakenInThatOrder()
    {
        TrajectoryQueue queue = Queue(4);
        Trajectory[] added = [.. Enumerable.Range(0, 4).Select(_ => queue.TryTakeEmpty()!)];
        Assert.Equal(4, added.Distinct().Count());
        foreach (Trajectory trajectory in added)
        {
            queue.Add(trajectory);
        }

        Trajectory[] batch = new Trajectory[2];
        Assert.Equal(4, queue.Depth);
        Assert.True(queue.TryTake(batch));
        Assert.Equal(added[..2], batch);
        Assert.True(queue.TryTake(batch));
        Assert.Equal(added[2..], batch);
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public void TryTakeEmpty_AllAreAround_FindsNoneAndIsWokenWhenOneIsGivenBack()
    {
        TrajectoryQueue queue = Queue(1);
        Trajectory? taken = null;
        queue.AddFiller(() => taken = queue.TryTakeEmpty());
        Trajectory[] batch = [queue.TryTakeEmpty()!];
        Assert.Null(queue.TryTakeEmpty());

        queue.GiveBack(batch);

        Assert.Same(batch[0], taken);
    }

    [Fact]
    public void TryTake_BatchNotWhole_FindsNoneAndIsWokenByTheRest()
    {
        TrajectoryQueue queue = Queue(2);
        Trajectory first = queue.TryTakeEmpty()!, second = queue.TryTakeEmpty()!;
        Trajectory[] batch = new Trajectory[2];
        List<bool> got = [];
        queue.SetEmptier(() => got.Add(queue.TryTake(batch)));

        queue.Add(first);
        queue.Add(second);

        Assert.Equal([false, true], got);
        Assert.Equal([first, second], batch);
    }

    [Fact]
    public void Close_BothSidesWait_WakesThemAndGivesNothingAnyMore()
    {
        TrajectoryQueue queue = Queue(1);
        Trajectory last = queue.TryTakeEmpty()!;
        List<string> woken = [];
        queue.AddFiller(() => woken.Add($"actor {queue.IsClosed} {queue.TryTakeEmpty() is null}"));
        queue.SetEmptier(() => woken.Add($"learner {queue.IsClosed} {queue.TryTake(new Trajectory[1])}"));

        queue.Close();

        Assert.Equal(["actor True True", "learner True False"], woken);
        queue.Add(last);
        Assert.False(queue.TryTake(new Trajectory[1]));
    }

    [Fact]
    public void Leave_OfTheLastActorOnly_LetsTheLearnerGo()
    {
        TrajectoryQueue queue = Queue(1);
        queue.Leave();
        queue.Add(queue.TryTakeEmpty()!);
        Assert.True(queue.TryTake(new Trajectory[1]));

        queue.Leave();

        Assert.False(queue.TryTake(new Trajectory[1]));
    }

    [Fact]
    public void TryTake_BatchAboveCapacity_Throws() =>
        Assert.Contains("never holds 3", Assert.Throws<ArgumentException>(() => Queue(2).TryTake(new Trajectory[3])).Message, StringComparison.Ordinal);

    private static TrajectoryQueue Queue(int capacity) =>
        new([.. Enumerable.Range(0, capacity).Select(_ => new Trajectory(1, 1, 1, 0))], actors: 2);
}
