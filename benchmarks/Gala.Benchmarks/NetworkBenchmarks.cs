using BenchmarkDotNet.Attributes;
using Gala.Networks;

namespace Gala.Benchmarks;

/// <summary>What an agent asks of its network: act for 16 simulators, update on 5 steps of them, take up new parameters.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private const int Simulators = 16;
    private const int Steps = 5;
    private const int Rows = Steps * Simulators;

    private static readonly bool[] NoneEnded = new bool[Rows];

    private ManagedActorCritic _network = null!;

    [Params("minatar", "nature", "mlp", "minatar-lstm")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        NetworkSpec spec = PresetNetworks.Create(Preset);
        _network = new ManagedActorCritic(spec, Rows);
        NetworkInitialization.Orthogonal(spec, _network.Parameters, seed: 7);
        Random random = new(7);
        Drawn.FillCentred(_network.Observations(0, Rows), random);
        Drawn.FillCentred(_network.LogitGradients(0, Rows), random);
        Drawn.FillCentred(_network.ValueGradients(0, Rows), random);
        _network.Forward(0, Rows);
    }

    [GlobalCleanup]
    public void Cleanup() => _network.Dispose();

    [Benchmark]
    public void ActOn16Rows() => _network.Forward(0, Simulators);

    [Benchmark]
    public void BackwardOf80Rows() => _network.Backward(0, Steps, Simulators, NoneEnded);

    [Benchmark]
    public void TakeUpParametersAndActOn1Row()
    {
        _network.ParametersChanged();
        _network.Forward(0, 1);
    }
}
