using Gala.Numerics;

namespace Gala.Environments.Tests;

public sealed class OwnThreadTests
{
    [Fact]
    public void AnyCall_FromSeveralThreads_ComesFromTheThreadThatMadeTheEnvironment()
    {
        EnvironmentRegistry registry = new();
        HashSet<int> threads = [];
        registry.Register("test/loyal", () => new Loyal(threads), onOwnThread: true);
        IEnvironment environment = registry.Create("test/loyal");
        float[] observation = new float[1];
        using MemoryStream state = new();

        OnAThread(() => environment.Reset(7, observation));
        OnAThread(() => environment.Step(1, observation));
        OnAThread(() => ((IResumable)environment).SaveState(new BinaryWriter(state)));
        OnAThread(() => environment.Reset(observation));
        OnAThread(() => ((IDisposable)environment).Dispose());

        Assert.Single(threads);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    }

    [Fact]
    public void Step_Counter_GivesWhatTheEnvironmentGives()
    {
        using OwnThread environment = new(() => new Counter(length: 2));
        float[] observation = new float[2];
        environment.Reset(5, observation);
        Assert.Equal([0f, 5f], observation);
        Assert.Equal(new StepResult(1, false, false), environment.Step(0, observation));
        Assert.Equal([1f, 5f], observation);
        Assert.Equal(new StepResult(2, true, false), environment.Step(0, observation));
        Assert.True(environment.Blocks);
        Assert.False(((IConditionallyResumable)environment).CanResume);
    }

    [Fact]
    public void Call_TheEnvironmentThrows_ThrowsThatHereAndGoesOn()
    {
        using OwnThread environment = new(() => new Loyal([]));
        Assert.Equal("action 9 is on fire", Assert.Throws<InvalidOperationException>(() => environment.Step(9, new float[1])).Message);
        environment.Reset(new float[1]);
    }

    [Fact]
    public void Constructor_TheFactoryThrowsOrGivesNull_ThrowsThatAndEndsTheThread()
    {
        Assert.Throws<NotSupportedException>(() => new OwnThread(() => throw new NotSupportedException()));
        Assert.Throws<ArgumentException>(() => new OwnThread(() => null!));
    }

    private static void OnAThread(Action action)
    {
        Thread thread = new(() => action());
        thread.Start();
        thread.Join();
    }

    /// <summary>Notes the thread of every call.</summary>
    private sealed class Loyal : IEnvironment, IResumable, IDisposable
    {
        private readonly HashSet<int> _threads;

        public Loyal(HashSet<int> threads)
        {
            _threads = threads;
            Note();
        }

        public EnvironmentSpec Spec { get; } = new() { Id = "test/loyal", Observation = TensorShape.Vector(1), Actions = 10 };

        public void Reset(Span<float> observation) => Note();

        public void Reset(ulong seed, Span<float> observation) => Note();

        public StepResult Step(int action, Span<float> observation)
        {
            Note();
            return action < 9 ? default : throw new InvalidOperationException("action 9 is on fire");
        }

        public void SaveState(BinaryWriter writer) => Note();

        public void LoadState(BinaryReader reader) => Note();

        public void Dispose() => Note();

        private void Note() => _threads.Add(Environment.CurrentManagedThreadId);
    }
}
