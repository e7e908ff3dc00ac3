using BenchmarkDotNet.Attributes;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Benchmarks;

/// <summary>A whole update of 5 steps of 16 simulators: returns, loss, backward, clipping, RMSProp, the new weights packed.</summary>
[MemoryDiagnoser]
public class A2CUpdateBenchmarks
{
    private const int Steps = 5;
    private const int Simulators = 16;
    private const int Rows = Steps * Simulators;

    private ManagedActorCritic _network = null!;
    private RmsProp _optimizer = null!;
    private A2CLearner _learner = null!;
    private Rollout _rollout = null!;

    [Params("minatar", "nature", "mlp")]
    public string Preset { get; set; } = "";

    [Params(1, 2)]
    public int ComputeThreads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        NetworkSpec spec = PresetNetworks.Create(Preset);
        _network = new ManagedActorCritic(spec, Rows, ComputeThreads);
        NetworkInitialization.Orthogonal(spec, _network.Parameters, seed: 7);
        _optimizer = new RmsProp(spec.Layout.Length, learningRate: 0);
        _learner = new A2CLearner(_network, _optimizer, new A2COptions());
        _rollout = new Rollout(Steps, Simulators);
        Random random = new(7);
        Drawn.FillCentred(_network.Observations(0, Rows), random);
        Drawn.FillCentred(_rollout.Rewards, random);
        foreach (ref int action in _rollout.Actions)
        {
            action = random.Next(spec.Actions);
        }

        _network.Forward(0, Rows);
        _network.Values(0, Rows).CopyTo(_rollout.Values);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _network.Dispose();
        _optimizer.Dispose();
    }

    [Benchmark]
    public void UpdateFromKeptActivations()
    {
        _learner.Update(_rollout, learningRate: 0); // at rate 0 the thousandth update does the work of the first
        _network.ParametersChanged();
    }

    [Benchmark(Baseline = true)]
    public void ForwardAndUpdate()
    {
        _network.Forward(0, Rows);
        UpdateFromKeptActivations();
    }
}
