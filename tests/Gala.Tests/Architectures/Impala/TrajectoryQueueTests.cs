using Gala.Architectures;

namespace Gala.Tests.Architectures;

public sealed class TrajectoryQueueTests
{
    [Fact]
    public void TryTake_TrajectoriesAddedInSomeOrder_AreTakenInThatOrder()
    {
        TrajectoryQueue queue = Queue(4);
        Trajectory[] added = [.. Enumerable.Range(0, 4).Select(_ => queue.TakeEmpty()!)];
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
    public void TakeEmpty_AllAreAround_WaitsUntilOneIsGivenBack()
    {
        TrajectoryQueue queue = Queue(1);
        Trajectory[] batch = [queue.TakeEmpty()!];
        Trajectory? taken = null;
        Thread actor = Start(() => taken = queue.TakeEmpty());
        AwaitWaiting(actor);
        Assert.Null(taken);

        queue.GiveBack(batch);

        actor.Join();
        Assert.Same(batch[0], taken);
    }

    [Fact]
    public void TryTake_BatchNotWhole_WaitsForTheRest()
    {
        TrajectoryQueue queue = Queue(2);
        Trajectory first = queue.TakeEmpty()!, second = queue.TakeEmpty()!;
        queue.Add(first);
        Trajectory[] batch = new Trajectory[2];
        Thread learner = Start(() => Assert.True(queue.TryTake(batch)));
        AwaitWaiting(learner);

        queue.Add(second);

        learner.Join();
        Assert.Equal([first, second], batch);
    }

    [Fact]
    public void Close_BothSidesWait_LetsThemGoAndGivesNothingAnyMore()
    {
        TrajectoryQueue queue = Queue(1);
        Trajectory last = queue.TakeEmpty()!;
        bool learnerGot = true;
        Trajectory? actorGot = last;
        Thread[] waiting = [Start(() => learnerGot = queue.TryTake(new Trajectory[1])), Start(() => actorGot = queue.TakeEmpty())];
        Array.ForEach(waiting, AwaitWaiting);

        queue.Close();
        queue.Close();

        Array.ForEach(waiting, thread => thread.Join());
        Assert.False(learnerGot);
        Assert.Null(actorGot);
        queue.Add(last);
        Assert.False(queue.TryTake(new Trajectory[1]));
    }

    [Fact]
    public void Leave_OfTheLastActorOnly_LetsTheLearnerGo()
    {
        TrajectoryQueue queue = Queue(1);
        queue.Leave();
        queue.Add(queue.TakeEmpty()!);
        Assert.True(queue.TryTake(new Trajectory[1]));

        queue.Leave();

        Assert.False(queue.TryTake(new Trajectory[1]));
    }

    [Fact]
    public void TryTake_BatchAboveCapacity_Throws() =>
        Assert.Contains("never holds 3", Assert.Throws<ArgumentException>(() => Queue(2).TryTake(new Trajectory[3])).Message, StringComparison.Ordinal);

    private static TrajectoryQueue Queue(int capacity) =>
        new([.. Enumerable.Range(0, capacity).Select(_ => new Trajectory(1, 1, 1, 0))], actors: 2);

    private static Thread Start(Action work)
    {
        Thread thread = new(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void AwaitWaiting(Thread thread) =>
        Assert.True(SpinWait.SpinUntil(() => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0, TimeSpan.FromMinutes(1)));
}
