using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>What an LSTM's cells do between the products, in one row.</summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class LstmBenchmarks
{
    private float[] _products = [];
    private float[] _cells = [];
    private float[] _outputGradients = [];
    private float[] _gates = [];
    private float[] _nextCells = [];
    private float[] _outputs = [];
    private float[] _cellGradients = [];
    private float[] _gateGradients = [];

    [Params(64, 256)] // mlp-lstm, nature-lstm
    public int Units { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_products, _cells) = (Drawn.Centred(4 * Units, seed: 7), Drawn.Centred(Units, seed: 8));
        (_outputGradients, _cellGradients) = (Drawn.Centred(Units, seed: 9), new float[Units]);
        (_gates, _gateGradients) = (new float[4 * Units], new float[4 * Units]);
        (_outputs, _nextCells) = (new float[Units], new float[Units]);
        LstmForward();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Forward")]
    public void ForwardLoop()
    {
        _products.CopyTo(_gates, 0);
        for (int n = 0; n < Units; n++)
        {
            ref float i = ref _gates[n], f = ref _gates[Units + n], g = ref _gates[(2 * Units) + n], o = ref _gates[(3 * Units) + n];
            i = 1 / (1 + MathF.Exp(-i));
            f = 1 / (1 + MathF.Exp(-f));
            g = MathF.Tanh(g);
            o = 1 / (1 + MathF.Exp(-o));
            _nextCells[n] = (f * _cells[n]) + (i * g);
            _outputs[n] = o * MathF.Tanh(_nextCells[n]);
        }
    }

    [Benchmark]
    [BenchmarkCategory("Forward")]
    public void LstmForward()
    {
        _products.CopyTo(_gates, 0);
        Kernels.LstmForward(_gates, _cells, _outputs, _nextCells);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Backward")]
    public void BackwardLoop()
    {
        _outputGradients.CopyTo(_cellGradients, 0);
        for (int n = 0; n < Units; n++)
        {
            (float i, float f, float g, float o) = (_gates[n], _gates[Units + n], _gates[(2 * Units) + n], _gates[(3 * Units) + n]);
            float squashed = MathF.Tanh(_nextCells[n]);
            float cell = _cellGradients[n] + (_outputGradients[n] * o * (1 - (squashed * squashed)));
            _gateGradients[n] = cell * g * i * (1 - i);
            _gateGradients[Units + n] = cell * _cells[n] * f * (1 - f);
            _gateGradients[(2 * Units) + n] = cell * i * (1 - (g * g));
            _gateGradients[(3 * Units) + n] = _outputGradients[n] * squashed * o * (1 - o);
            _cellGradients[n] = cell * f;
        }
    }

    [Benchmark]
    [BenchmarkCategory("Backward")]
    public void LstmBackward()
    {
        _outputGradients.CopyTo(_cellGradients, 0);
        Kernels.LstmBackward(_gates, _cells, _nextCells, _outputGradients, _cellGradients, _gateGradients);
    }
}
