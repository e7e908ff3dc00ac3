using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Ten steps an episode; one simulator of a run breaks at some of its steps.</summary>
/// <param name="breaks">Whether the simulator of that index breaks at that step, counted from 1 over all episodes.</param>
/// <param name="fault">What it then does to the observation, and the reward that it gives.</param>
internal sealed class BrokenSimulator(Func<int, int, bool> breaks, BrokenSimulator.Fault fault) : IEnvironment
{
    private const ulong Seed = 5;
    private const int EpisodeLength = 10;
    private const int MostSimulators = 16;
    private const long MostFrames = 20_000; // before a session
    private int _index;
    private int _steps;

    public delegate float Fault(Span<float> observation);

    public EnvironmentSpec Spec { get; } = new() { Id = "tests/broken", Observation = TensorShape.Vector(3), Actions = 2 };

    /// <summary>Options of a run with such simulators, registered under a name of their own.</summary>
    public static RunOptions Run(string name, string folder, Func<int, int, bool> breaks, Fault fault)
    {
        EnvironmentRegistry.Default.Register(name, () => new BrokenSimulator(breaks, fault));
        return new RunOptions { Environment = name, Seed = Seed, Simulators = 2, Frames = 3_000, CheckpointEvery = 500, ReportEvery = 0.1, Run = folder };
    }

    public static float GiveNaN(Span<float> observation) => float.NaN;

    public static float ShowNaN(Span<float> observation)
    {
        observation[1] = float.NaN;
        return 0;
    }

    public static float GiveTooMuch(Span<float> observation) => float.MaxValue;

    public static float Throw(Span<float> observation) => throw new InvalidOperationException("the simulator is on fire");

    public void Reset(ulong seed, Span<float> observation)
    {
        _index = IndexOf(seed);
        _steps = 0;
        Reset(observation);
    }

    public void Reset(Span<float> observation) => observation.Clear();

    /// <summary>Which simulator was given this seed, in a new run or one that was resumed after some whole tens of frames.</summary>
    private static int IndexOf(ulong seed)
    {
        for (long framesBefore = 0; framesBefore <= MostFrames; framesBefore += 10)
        {
            ulong session = SimulatorBatch.SessionSeed(Seed, framesBefore);
            for (int index = 0; index < MostSimulators; index++)
            {
                if (SimulatorBatch.SimulatorSeed(session, index) == seed)
                {
                    return index;
                }
            }
        }

        throw new ArgumentException("No simulator of these runs has that seed.", nameof(seed));
    }

    public StepResult Step(int action, Span<float> observation)
    {
        _steps++;
        observation.Fill(_steps % EpisodeLength);
        float reward = breaks(_index, _steps) ? fault(observation) : action;
        return new StepResult(reward, _steps % EpisodeLength == 0, false);
    }
}
