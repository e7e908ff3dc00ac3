using Gala.Numerics;

namespace Gala.Environments.Tests;

public class SimulatorBatchTests
{
    private readonly float[] _rewards = new float[2];
    private readonly bool[] _terminated = new bool[2];
    private readonly bool[] _truncated = new bool[2];
    private readonly float[] _observations = new float[4];

    [Fact]
    public void Step_EpisodesEnd_StartsTheNextAndLogsTheReturns()
    {
        SimulatorBatch batch = new([new Counter(length: 2), new Counter(length: 3)], seed: 1, firstSimulator: 10);
        batch.Reset(_observations);
        Step(batch);
        Assert.Equal([1f, 1f], _rewards);
        Assert.Equal(1, _observations[0]);
        Step(batch);
        Assert.Equal([true, false], _terminated);
        Assert.Equal(0, _observations[0]); // the next episode's first observation
        Assert.Equal(2, _observations[2]);
        Step(batch);
        Assert.Equal([false, true], _terminated);
        Step(batch);
        Assert.Equal([new Episode(2, 10, 3, 2), new Episode(3, 11, 6, 3), new Episode(4, 10, 3, 2)], batch.Episodes.ToArray());
        Assert.Equal(3, batch.Episodes.Total);
        Assert.Equal(4, batch.Steps);
    }

    [Fact]
    public void Step_Truncated_KeepsTheLastObservationOfThatRowOnly()
    {
        SimulatorBatch batch = new([new Counter(length: 2), new TimeLimit(new Counter(), 2)], seed: 1);
        batch.Reset(_observations);
        float seedSeen = _observations[3];
        Step(batch);
        Step(batch);
        Assert.Equal([true, false], _terminated);
        Assert.Equal([false, true], _truncated);
        Assert.Equal([0f, 0f, 2f, seedSeen], batch.FinalObservations.ToArray());
        Assert.Equal(0, _observations[2]);
    }

    [Fact]
    public void Step_TerminatedAndTruncatedAtOnce_IsTerminated()
    {
        SimulatorBatch batch = new([new Both(), new Both()], seed: 1);
        batch.Reset(_observations);
        Step(batch);
        Assert.Equal([true, true], _terminated);
        Assert.Equal([false, false], _truncated);
    }

    [Fact]
    public void Reset_Seeds_DependOnRunAndGlobalIndexOnly()
    {
        Counter[] first = [new(), new(), new(), new()];
        Counter[] second = [new(), new()];
        new SimulatorBatch(first, seed: 42).Reset(new float[8]);
        new SimulatorBatch(second, seed: 42, firstSimulator: 2).Reset(_observations);
        Assert.Equal(first[2].Seeds, second[0].Seeds);
        Assert.Equal(first[3].Seeds, second[1].Seeds);
        Assert.NotEqual(SimulatorBatch.SimulatorSeed(42, 0), SimulatorBatch.SimulatorSeed(43, 0));
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(i => SimulatorBatch.SimulatorSeed(42, i)).Distinct().Count());
    }

    [Fact]
    public void Reset_Again_StartsTheRunAnew()
    {
        SimulatorBatch batch = SimulatorBatch.Create("minatar/asterix", 3, seed: 5);
        List<float> first = Play(batch, 500, reset: true);
        Assert.True(batch.Episodes.Total > 0);
        Assert.Equal(first, Play(batch, 500, reset: true));
        Assert.Equal(500, batch.Steps);
    }

    [Fact]
    public void Step_SeveralEnvironments_LogsTheEpisodesOfEach()
    {
        SimulatorBatch batch = SimulatorBatch.Create("minatar/asterix,minatar/breakout:limit=9,minatar/space_invaders", 4, seed: 5, firstSimulator: 4);
        Play(batch, 1000, reset: true);
        Episode[][] logs = [.. batch.EpisodesByKind.Select(log => log.ToArray())];
        Assert.Equal([6], logs[0].Select(episode => episode.Simulator).Distinct()); // simulators 4 to 7 play 1, 2, 0, 1
        Assert.Equal([4, 7], logs[1].Select(episode => episode.Simulator).Distinct().Order());
        Assert.Equal([5], logs[2].Select(episode => episode.Simulator).Distinct());
        Assert.Equal(batch.Episodes.Total, batch.EpisodesByKind.Sum(log => log.Total));
        Assert.Equal(100, logs[1].Length);
        Assert.All(logs[1], episode => Assert.InRange(episode.Length, 1, 9));
        Assert.Contains(batch.Episodes.ToArray()[^1], logs.Select(log => log[^1]));
    }

    [Fact]
    public void Step_OneEnvironment_HasOneLog()
    {
        SimulatorBatch batch = SimulatorBatch.Create("minatar/asterix", 2, seed: 5);
        Assert.Same(batch.Episodes, Assert.Single(batch.EpisodesByKind));
    }

    [Theory]
    [InlineData("minatar/breakout")]
    [InlineData("minatar/breakout,minatar/asterix:limit=40")]
    [InlineData("minatar/seaquest:limit=20")]
    [InlineData("classic/cartpole:limit=15")]
    public void State_SavedInTheMiddle_GoesOnTheSame(string reference)
    {
        SimulatorBatch batch = SimulatorBatch.Create(reference, 3, seed: 5, firstSimulator: 6);
        Assert.True(batch.CanResume);
        Play(batch, 300, reset: true);
        byte[] state = SavedState.Of(batch);
        List<float> expected = Play(batch, 300, reset: false);
        SimulatorBatch other = SimulatorBatch.Create(reference, 3, seed: 99, firstSimulator: 6);
        SavedState.Load(other, state);
        Assert.Equal(300, other.Steps);
        Assert.Equal(expected, Play(other, 300, reset: false));
        Assert.Equal(batch.Episodes.ToArray(), other.Episodes.ToArray());
        Assert.Equal(batch.Episodes.Total, other.Episodes.Total);
        Assert.Equal(batch.EpisodesByKind.Select(log => log.Total), other.EpisodesByKind.Select(log => log.Total));
        Assert.Equal(SavedState.Of(batch), SavedState.Of(other));
    }

    [Fact]
    public void SaveState_OneCannot_ThrowsAndSaysSo()
    {
        SimulatorBatch batch = new([new Counter(), new Counter()], seed: 1);
        Assert.False(batch.CanResume);
        Assert.Throws<NotSupportedException>(() => SavedState.Of(batch));
        Assert.False(new SimulatorBatch([new TimeLimit(new Counter(), 3)], seed: 1).CanResume);
    }

    [Fact]
    public void LoadState_OtherCountOrDamage_Throws()
    {
        SimulatorBatch batch = SimulatorBatch.Create("minatar/freeway", 3, seed: 5);
        batch.Reset(new float[3 * 700]);
        byte[] state = SavedState.Of(batch);
        Assert.Throws<InvalidDataException>(() => SavedState.Load(SimulatorBatch.Create("minatar/freeway", 2, seed: 5), state));
        Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, state[..^5]));
        Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, []));
    }

    [Theory]
    [InlineData("minatar/breakout")]
    [InlineData("minatar/space_invaders:limit=7")]
    [InlineData("classic/cartpole")]
    [InlineData("minatar/breakout,minatar/space_invaders")]
    public void Step_Steady_AllocatesNothing(string reference)
    {
        SimulatorBatch batch = SimulatorBatch.Create(reference, 2, seed: 5);
        float[] observations = new float[2 * batch.Spec.Observation.Length];
        batch.Reset(observations);
        int[] actions = new int[2];
        long before = 0;
        for (int i = 0; i < 3000; i++)
        {
            before = i == 500 ? GC.GetAllocatedBytesForCurrentThread() : before;
            actions[0] = i % 2;
            batch.Step(actions, observations, _rewards, _terminated, _truncated);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(batch.Episodes.Total > 10);
    }

    [Fact]
    public void Step_WrongLengths_ThrowNamingTheSpan()
    {
        SimulatorBatch batch = new([new Counter(), new Counter()], seed: 1);
        batch.Reset(_observations);
        int[] actions = new int[2];
        AssertNames("actions", () => batch.Step(new int[3], _observations, _rewards, _terminated, _truncated));
        AssertNames("observations", () => batch.Step(actions, new float[3], _rewards, _terminated, _truncated));
        AssertNames("rewards", () => batch.Step(actions, _observations, new float[1], _terminated, _truncated));
        AssertNames("terminated", () => batch.Step(actions, _observations, _rewards, new bool[3], _truncated));
        AssertNames("truncated", () => batch.Step(actions, _observations, _rewards, _terminated, new bool[3]));
        AssertNames("observations", () => batch.Reset(new float[5]));
    }

    [Fact]
    public void Batch_Misused_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SimulatorBatch([], seed: 1));
        Assert.Throws<ArgumentException>(() => new SimulatorBatch(
            [EnvironmentRegistry.Default.Create("minatar/asterix"), EnvironmentRegistry.Default.Create("minatar/freeway")], seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatorBatch.Create("minatar/asterix", 0, seed: 1));
        Assert.Throws<InvalidOperationException>(() => Step(new SimulatorBatch([new Counter(), new Counter()], seed: 1)));
    }

    private static void AssertNames(string name, Action action) => Assert.Equal(name, Assert.Throws<ArgumentException>(action).ParamName);

    private void Step(SimulatorBatch batch) => batch.Step([0, 0], _observations, _rewards, _terminated, _truncated);

    private static List<float> Play(SimulatorBatch batch, int steps, bool reset)
    {
        (int[] actions, float[] rewards) = (new int[batch.Count], new float[batch.Count]);
        (bool[] terminated, bool[] truncated) = (new bool[batch.Count], new bool[batch.Count]);
        float[] observations = new float[batch.Count * batch.Spec.Observation.Length];
        Random random = new(8);
        List<float> seen = [];
        if (reset)
        {
            batch.Reset(observations);
        }

        for (int i = 0; i < steps; i++)
        {
            for (int n = 0; n < actions.Length; n++)
            {
                actions[n] = random.Next(batch.Spec.Actions);
            }

            batch.Step(actions, observations, rewards, terminated, truncated);
            seen.AddRange([.. rewards, .. terminated.Select(flag => flag ? 1f : 0), .. truncated.Select(flag => flag ? 1f : 0)]);
            seen.AddRange(observations);
        }

        return seen;
    }

    private sealed class Both : IEnvironment
    {
        public EnvironmentSpec Spec { get; } = new() { Id = "test/both", Observation = new(1, 1, 2), Actions = 1 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => new(0, true, true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Abandon_WhileACallHangs_ThrowsWhenThatComesBack(bool inReset)
    {
        Leaving environment = new(inReset);
        using SimulatorBatch batch = new([environment], seed: 1);
        batch.Reset(new float[3]);
        environment.Call = batch.Abandon;

        Assert.Throws<OperationCanceledException>(() => batch.Step([0], new float[3], new float[1], new bool[1], new bool[1]));
    }

    /// <summary>Does something in its next step, or in the reset after that.</summary>
    private sealed class Leaving(bool inReset) : IEnvironment
    {
        public Action Call { get; set; } = () => { };

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/leaving", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => Call();

        public void Reset(ulong seed, Span<float> observation)
        {
        }

        public StepResult Step(int action, Span<float> observation)
        {
            if (!inReset)
            {
                Call();
            }

            return new StepResult(0, Terminated: true, Truncated: false);
        }
    }
}
