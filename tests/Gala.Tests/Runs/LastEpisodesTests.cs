using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>The last 100 episodes are those that ended last, whoever played them.</summary>
public sealed class LastEpisodesTests : IDisposable
{
    private static int _runs; // ids must differ

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", 1_000_000)]
    [InlineData("a3c", null)]
    [InlineData("impala", null)]
    public void Run_OneAgentIsFiveTimesSlower_CountsItsEpisodesAmongTheLast(string architecture, int? maxStaleness)
    {
        TwoPaces paces = new();
        string id = $"tests/paces-{architecture}-{Interlocked.Increment(ref _runs)}";
        EnvironmentRegistry.Default.Register(id, () => new PacedEnvironment(paces));

        RunSummary summary = TrainingRun.Start(new RunOptions
        {
            Architecture = architecture,
            Environment = id,
            Agents = 2,
            Simulators = 1,
            Rollout = 5,
            Frames = 6_000,
            Seed = TwoPaces.Seed,
            MaxStaleness = maxStaleness,
            ReportEvery = 60,
            Run = _folder["run"],
        }, [], CancellationToken.None).Summary;

        Assert.InRange(summary.MeanReturn100!.Value, 0, 9.5); // at most 60 of the last 100 were played after the paces were held
    }

    /// <summary>Lets two simulators play in step, one step of the first for five of the second, for 900 steps of the first.</summary>
    private sealed class TwoPaces
    {
        public const ulong Seed = 5;
        private const int Times = 5;
        private const int HeldSteps = 900;

        private int _slow; // steps; each written by its simulator, read by the other
        private int _fast;

        public void Step(bool isSlow)
        {
            if (isSlow)
            {
                SpinWait.SpinUntil(() => _slow >= HeldSteps || Volatile.Read(ref _fast) >= Times * _slow);
                Volatile.Write(ref _slow, _slow + 1);
            }
            else
            {
                SpinWait.SpinUntil(() => _fast >= Times * HeldSteps || Volatile.Read(ref _slow) >= _fast / Times);
                Volatile.Write(ref _fast, _fast + 1);
            }
        }
    }

    /// <summary>Ten steps an episode; the slow simulator is paid nothing, the other one a point a step.</summary>
    private sealed class PacedEnvironment(TwoPaces paces) : IEnvironment
    {
        private bool _isSlow;
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/paces", Observation = TensorShape.Vector(1), Actions = 2 };

        public void Reset(Span<float> observation) => (_steps, observation[0]) = (0, 1);

        public void Reset(ulong seed, Span<float> observation)
        {
            _isSlow = seed == SimulatorBatch.SimulatorSeed(TwoPaces.Seed, 0);
            Reset(observation);
        }

        public StepResult Step(int action, Span<float> observation)
        {
            paces.Step(_isSlow);
            observation[0] = 1;
            return new StepResult(_isSlow ? 0 : 1, ++_steps == 10, false);
        }
    }
}
