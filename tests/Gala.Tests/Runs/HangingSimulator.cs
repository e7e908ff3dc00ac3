using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Ten steps an episode; hangs where a test says so, until the test lets go.</summary>
/// <param name="hangs">Whether the simulator of that index hangs at that step, counted from 1 over all episodes; step 0 is the first reset.</param>
/// <param name="letGo">Ends all hanging.</param>
/// <param name="disposed">Called when the simulator of that index is disposed.</param>
internal sealed class HangingSimulator(Func<int, int, bool> hangs, ManualResetEventSlim letGo, Action<int> disposed) : IEnvironment, IDisposable
{
    private const ulong Seed = 5;
    private const int EpisodeLength = 10;
    private int _index = -1;
    private int _steps;

    public EnvironmentSpec Spec { get; } = new() { Id = "tests/hanging", Observation = TensorShape.Vector(3), Actions = 2 };

    /// <summary>Options of a run with such simulators, registered under a name of their own.</summary>
    public static RunOptions Run(
        string name, string folder, Func<int, int, bool> hangs, ManualResetEventSlim letGo, Action<int>? disposed = null)
    {
        EnvironmentRegistry.Default.Register(name, () => new HangingSimulator(hangs, letGo, disposed ?? (_ => { })));
        return new RunOptions
        {
            Environment = name,
            Seed = Seed,
            Agents = 3,
            Simulators = 2,
            Rollout = 5,
            Frames = 3_000,
            CheckpointEvery = 300,
            ReportEvery = 0.1,
            PeerTimeout = 1,
            MaxStaleness = null,
            Run = folder,
        };
    }

    public void Reset(ulong seed, Span<float> observation)
    {
        _index = Enumerable.Range(0, 100).First(index => SimulatorBatch.SimulatorSeed(Seed, index) == seed);
        _steps = 0;
        Hang();
        Reset(observation);
    }

    public void Reset(Span<float> observation) => observation.Clear();

    public StepResult Step(int action, Span<float> observation)
    {
        _steps++;
        Hang();
        observation.Fill(_steps % EpisodeLength);
        return new StepResult(action, _steps % EpisodeLength == 0, false);
    }

    public void Dispose() => disposed(_index);

    private void Hang()
    {
        if (hangs(_index, _steps) && !letGo.Wait(TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("The test did not let go.");
        }
    }
}
