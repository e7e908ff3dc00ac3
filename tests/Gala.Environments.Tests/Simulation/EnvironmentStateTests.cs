using Gala.Numerics;

namespace Gala.Environments.Tests;

/// <summary>An environment gets back exactly the bytes that it wrote, or is named.</summary>
public class EnvironmentStateTests
{
    [Theory]
    [InlineData(3, 3, null)]
    [InlineData(0, 0, null)]
    [InlineData(3, 2, "its LoadState read 8 of the 12 bytes that its SaveState wrote")]
    [InlineData(3, 0, "its LoadState read 0 of the 12 bytes that its SaveState wrote")]
    [InlineData(3, 4, "its LoadState reads 16 or more of the 12 bytes that its SaveState wrote")]
    [InlineData(0, 1, "its LoadState reads 4 or more of the 0 bytes that its SaveState wrote")]
    public void LoadState_OneReadsAnotherNumberOfBytes_IsNamedWithItsSimulatorAndBoth(int written, int read, string? problem)
    {
        SimulatorBatch batch = Batch(new Saved(2, 2), new Saved(written, read), new Saved(5, 5));
        byte[] state = SavedState.Of(batch);
        if (problem is null)
        {
            SavedState.Load(batch, state);
            Assert.Equal(state, SavedState.Of(batch));
            return;
        }

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, state));
        Assert.Equal($"the environment 'test/saved' of simulator 11: {problem}", exception.Message);
    }

    [Fact]
    public void LoadState_InsideWrappers_CountsTheWholeState()
    {
        SimulatorBatch batch = Batch(new TimeLimit(new Saved(3, 2), 9));
        Assert.Contains("of the 26 bytes", Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, SavedState.Of(batch))).Message);
        batch = Batch(new TimeLimit(new Saved(3, 4), 9));
        Assert.Contains("reads 30 or more of the 26 bytes", Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, SavedState.Of(batch))).Message);
    }

    [Fact]
    public void LoadState_OneThrows_IsNamedWithItsReason()
    {
        SimulatorBatch batch = Batch(new Saved(3, 3), new Saved(3, 3) { Loading = () => throw new KeyNotFoundException("no such\nroom") });
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, SavedState.Of(batch)));
        Assert.Equal("the environment 'test/saved' of simulator 11 cannot be restored: no such room", exception.Message);
    }

    [Fact]
    public void LoadState_OfAnotherEnvironment_SaysWhich()
    {
        byte[] state = SavedState.Of(Batch(new Saved(3, 3)));
        SimulatorBatch batch = Batch(new Saved(3, 3, "test/other"));
        Assert.Equal(
            "the environment 'test/other' of simulator 10 was saved as 'test/saved'",
            Assert.Throws<InvalidDataException>(() => SavedState.Load(batch, state)).Message);
    }

    [Fact]
    public void SaveState_OneThrows_IsNamedWithItsReason()
    {
        SimulatorBatch batch = Batch(new Saved(3, 3), new Saved(3, 3) { Saving = _ => throw new NotSupportedException("not in a fight") });
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => SavedState.Of(batch));
        Assert.Equal("Environment 'test/saved' of simulator 11 cannot be saved: not in a fight", exception.Message);
    }

    [Theory]
    [InlineData(3, 2, "read 8 of the 12 bytes")]
    [InlineData(3, 4, "reads 16 or more of the 12 bytes")]
    public void TryOutState_AnotherNumberOfBytes_IsRefusedByName(int written, int read, string problem) =>
        AssertNotBack(new Saved(written, read), problem);

    [Fact]
    public void TryOutState_SavedOtherwiseTheSecondTime_IsRefusedByName() =>
        AssertNotBack(new Saved(2, 2) { Saving = times => times }, "byte 0 of its 8 is another one");

    [Fact]
    public void TryOutState_SavedLongerTheSecondTime_IsRefusedByName() =>
        AssertNotBack(new Saved(2, 2) { Grows = true }, "byte 8 of its 8 is another one");

    [Fact]
    public void TryOutState_LoadStateThrows_IsRefusedByName() =>
        AssertNotBack(new Saved(2, 2) { Loading = () => throw new InvalidOperationException("no episode") }, "no episode");

    [Fact]
    public void TryOutState_SaveStateThrows_IsRefusedByName()
    {
        SimulatorBatch batch = new([new Saved(2, 2) { Saving = _ => throw new InvalidOperationException("no episode") }], seed: 1);
        Assert.Equal(
            "Environment 'test/saved' of simulator 0 cannot be saved: no episode", Assert.Throws<EnvironmentException>(() => batch.TryOutState(0)).Message);
    }

    [Fact]
    public void TryOutState_CannotBeSavedOrNotBeReset_IsLeftToTheRun()
    {
        new SimulatorBatch([new Counter()], seed: 1).TryOutState(0);
        new SimulatorBatch([new TimeLimit(new Counter(), 2)], seed: 1).TryOutState(0);
        new SimulatorBatch([new Saved(3, 2) { Resetting = () => throw new IOException("no server") }], seed: 1).TryOutState(0);
    }

    [Fact]
    public void TryOutState_AnyBuiltInEnvironment_ChangesNoBitOfWhatIsPlayed()
    {
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Default.List())
        {
            foreach (string reference in (string[])[entry.Id, entry.Id + ":limit=7", entry.Id + ":delay=exponential/1us"])
            {
                SimulatorBatch tried = SimulatorBatch.Create(reference, 2, seed: 3), other = SimulatorBatch.Create(reference, 2, seed: 3);
                tried.TryOutState(0);
                tried.TryOutState(1);
                Assert.Equal(Play(other), Play(tried));
                Assert.Equal(SavedState.Of(other), SavedState.Of(tried));
            }
        }
    }

    [Fact]
    public void SessionSeed_NoFramesBefore_IsTheRunsAndElseAnotherOneEachTime()
    {
        Assert.Equal(42UL, SimulatorBatch.SessionSeed(42, 0));
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(frames => SimulatorBatch.SessionSeed(42, frames)).Distinct().Count());
        Assert.NotEqual(SimulatorBatch.SessionSeed(42, 7), SimulatorBatch.SessionSeed(43, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorBatch([new Counter()], seed: 1) { FramesBefore = -1 });
    }

    [Fact]
    public void State_StartedInAResumedSession_KeepsTheFramesBeforeIt()
    {
        SimulatorBatch started = new([new Saved(1, 1)], seed: 1) { FramesBefore = 500 };
        started.Reset(new float[2]);
        SimulatorBatch resumed = new([new Saved(1, 1)], seed: 1) { FramesBefore = 900 };
        SavedState.Load(resumed, SavedState.Of(started));
        Assert.Equal(500, resumed.FramesBefore);
    }

    private static SimulatorBatch Batch(params IEnvironment[] environments)
    {
        SimulatorBatch batch = new(environments, seed: 1, firstSimulator: 10);
        batch.Reset(new float[2 * environments.Length]);
        return batch;
    }

    private static void AssertNotBack(Saved environment, string problem)
    {
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => new SimulatorBatch([environment], seed: 1).TryOutState(0));
        Assert.StartsWith("Environment 'test/saved' does not come back from its saved state: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static float[] Play(SimulatorBatch batch)
    {
        float[] observations = new float[batch.Count * batch.Spec.Observation.Length];
        float[] rewards = new float[batch.Count];
        List<float> seen = [];
        batch.Reset(observations);
        for (int step = 0; step < 40; step++)
        {
            batch.Step([step % batch.Spec.Actions, 0], observations, rewards, new bool[2], new bool[2]);
            seen.AddRange([.. observations, .. rewards]);
        }

        return [.. seen];
    }

    /// <summary>Writes so many integers and reads so many.</summary>
    private sealed class Saved(int written, int read, string id = "test/saved") : IEnvironment, IResumable
    {
        private int _times;

        public EnvironmentSpec Spec { get; } = new() { Id = id, Observation = TensorShape.Vector(2), Actions = 2 };

        public Func<int, int> Saving { get; init; } = _ => 7;

        public Action Loading { get; init; } = () => { };

        public Action Resetting { get; init; } = () => { };

        public bool Grows { get; init; }

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => Resetting();

        public StepResult Step(int action, Span<float> observation) => new(0, false, false);

        public void SaveState(BinaryWriter writer)
        {
            _times++;
            for (int i = 0; i < written + (Grows ? _times - 1 : 0); i++)
            {
                writer.Write(Saving(_times));
            }
        }

        public void LoadState(BinaryReader reader)
        {
            Loading();
            for (int i = 0; i < read; i++)
            {
                _ = reader.ReadInt32();
            }
        }
    }
}
