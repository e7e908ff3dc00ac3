using BenchmarkDotNet.Attributes;
using Gala.Environments;

namespace Gala.Benchmarks;

/// <summary>Steps of environments under random actions, with the observation written and episodes restarted: time per step, 0 B.</summary>
[MemoryDiagnoser]
public class EnvironmentBenchmarks
{
    private const int Simulators = 16;
    private const int BatchSteps = 256;

    private readonly int[] _actions = new int[Simulators * BatchSteps];
    private readonly float[] _rewards = new float[Simulators];
    private readonly bool[] _terminated = new bool[Simulators];
    private readonly bool[] _truncated = new bool[Simulators];
    private IEnvironment _environment = null!;
    private SimulatorBatch _batch = null!;
    private float[] _observation = [];
    private float[] _observations = [];

    [Params(
        "minatar/asterix", "minatar/breakout", "minatar/freeway", "minatar/seaquest", "minatar/space_invaders", "classic/cartpole")]
    public string Id { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _environment = EnvironmentRegistry.Default.Create(Id);
        _batch = SimulatorBatch.Create(Id, Simulators, seed: 7);
        _observation = new float[_environment.Spec.Observation.Length];
        _observations = new float[Simulators * _observation.Length];
        StreamRandomSource random = new(7);
        for (int i = 0; i < _actions.Length; i++)
        {
            _actions[i] = random.UniformInteger(0, _environment.Spec.Actions);
        }

        _environment.Reset(7, _observation);
        _batch.Reset(_observations);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Simulators * BatchSteps)]
    public void OneEnvironment()
    {
        foreach (int action in _actions)
        {
            if (_environment.Step(action, _observation).IsOver)
            {
                _environment.Reset(_observation);
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Simulators * BatchSteps)]
    public void BatchOfSixteen()
    {
        for (int i = 0; i < _actions.Length; i += Simulators)
        {
            _batch.Step(_actions.AsSpan(i, Simulators), _observations, _rewards, _terminated, _truncated);
        }
    }
}
