using BenchmarkDotNet.Attributes;
using Gala.Gossip;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>A message of gossip on one thread: published, taken, mixed. The floor is the one copy that a message needs.</summary>
[MemoryDiagnoser]
public class MailboxBenchmarks
{
    private const float Limit = 18_446_744_073_709_551_616f;

    private float[] _parameters = [];
    private float[] _target = [];
    private Mailbox _mailbox = null!;
    private Mailbox _rounded = null!;
    private long _iteration;

    [Params("mlp", "minatar", "nature")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _parameters = Drawn.Centred(PresetNetworks.Parameters(Preset), seed: 7);
        _target = Drawn.Centred(_parameters.Length, seed: 8);
        _mailbox = new Mailbox(_parameters.Length);
        _rounded = new Mailbox(_parameters.Length, MessageFormat.BFloat16);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _mailbox.Dispose();
        _rounded.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _parameters.CopyTo(_target, 0);

    [Benchmark]
    public bool PublishAndTake()
    {
        _mailbox.Publish(_parameters, _iteration++);
        return _mailbox.TryTake();
    }

    [Benchmark]
    public void PublishTakeAndMix()
    {
        PublishAndTake();
        Kernels.AddAndDivide(_target, _mailbox.Current.Parameters, 2);
    }

    /// <summary>What an agent does: nothing is mixed before all of it was looked at.</summary>
    [Benchmark]
    public void PublishTakeCheckAndMix()
    {
        PublishAndTake();
        if (Kernels.MaxAbsolute(_mailbox.Current.Parameters) < Limit)
        {
            Kernels.AddAndDivide(_target, _mailbox.Current.Parameters, 2);
        }
    }

    [Benchmark]
    public void PublishTakeAndMixRounded()
    {
        _rounded.Publish(_parameters, _iteration++);
        _ = _rounded.TryTake();
        _rounded.Current.AverageInto(_target, number: 1, messages: 1);
    }

    [Benchmark]
    public void PublishTakeCheckAndMixRounded()
    {
        _rounded.Publish(_parameters, _iteration++);
        _ = _rounded.TryTake();
        if (Kernels.MaxAbsolute(_rounded.Current.Rounded) < Limit)
        {
            _rounded.Current.AverageInto(_target, number: 1, messages: 1);
        }
    }
}
