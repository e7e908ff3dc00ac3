using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>An agent's works on one network, on one kind of observations.</summary>
internal sealed class NetworkWork : IDisposable
{
    public const int Steps = 5;
    public const int Simulators = 16;
    public const int Rows = Steps * Simulators;

    private const int MostRows = 256;
    private const ulong Seed = 7;
    private static readonly int[] ForwardRows = [1, 32, MostRows];

    private readonly NetworkSpec _spec;
    private readonly ObservationKind _kind;
    private readonly ManagedActorCritic _network;
    private readonly RmsProp _optimizer;
    private readonly A2CLearner _learner;
    private readonly Rollout _rollout = new(Steps, Simulators);
    private readonly float[] _uniforms = new float[Simulators];
    private ulong _draws;

    /// <summary>Prepares rows that have been through a forward and a backward pass.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="kind">What it sees.</param>
    /// <param name="playedFrames">Frames that it learns for first, if that is what it sees.</param>
    public NetworkWork(NetworkSpec spec, ObservationKind kind, long playedFrames)
    {
        (_spec, _kind) = (spec, kind);
        _network = new ManagedActorCritic(spec, MostRows);
        _optimizer = new RmsProp(spec.Layout.Length, learningRate: 0);
        _learner = new A2CLearner(_network, _optimizer, new A2COptions());
        Random random = new((int)Seed);
        if (kind == ObservationKind.Played)
        {
            using PlayedNetwork played = new(spec.Name, Steps, Simulators, playedFrames);
            played.CopyTo(_network, MostRows, Rows);
        }
        else
        {
            NetworkInitialization.Orthogonal(spec, _network.Parameters, Seed);
            Fill(_network.Observations(0, MostRows), random);
        }

        _network.ParametersChanged();
        FillRollout(random);
        Update();
    }

    /// <summary>Act, forward and update.</summary>
    public IEnumerable<TimedWork<NetworkMeasurement>> Works()
    {
        yield return Time("act", Simulators, ForwardMultiplyAdds(Simulators), Act);
        foreach (int rows in ForwardRows)
        {
            yield return Time("forward", rows, ForwardMultiplyAdds(rows), () => _network.Forward(0, rows));
        }

        long backward = _network.Passes(Steps, Simulators).Where(pass => !pass.IsForward).Sum(pass => pass.MultiplyAdds);
        yield return Time("update", Rows, backward + ForwardMultiplyAdds(1), Update);
    }

    /// <summary>Every pass of every layer: forward on the rows of acting, backward on those of an update.</summary>
    public IEnumerable<TimedWork<LayerMeasurement>> Passes()
    {
        IEnumerable<LayerPass> passes =
            _network.Passes(1, Simulators).Where(pass => pass.IsForward).Concat(_network.Passes(Steps, Simulators).Where(pass => !pass.IsForward));
        return passes.Select(pass => new TimedWork<LayerMeasurement>(pass.Run, timing => new LayerMeasurement(
            _spec.Name,
            pass.Layer,
            pass.Pass,
            pass.Rows,
            timing.Microseconds,
            timing.MinimumMicroseconds,
            pass.MultiplyAdds > 0 ? timing.GigaPerSecond(2 * pass.MultiplyAdds) : null,
            ShareOfPeak: null)));
    }

    public void Dispose()
    {
        _network.Dispose();
        _optimizer.Dispose();
    }

    private void Act()
    {
        _network.Forward(0, Simulators);
        _draws++;
        for (int i = 0; i < Simulators; i++)
        {
            _uniforms[i] = Philox.ToUnitSingle(Philox.Words(Seed, _draws, (ulong)i).A);
        }

        Kernels.CategoricalSample(_network.Logits(0, Simulators), _uniforms, _rollout.Actions[..Simulators]);
    }

    private void Update()
    {
        _learner.Update(_rollout, learningRate: 0); // at rate 0 the thousandth update does the work of the first
        _network.ParametersChanged();
        _network.Forward(0, 1); // packs the new weights, where rows like this one need them
    }

    private void Fill(Span<float> observations, Random random)
    {
        const double Pieces = 0.05;
        foreach (ref float element in observations)
        {
            double uniform = random.NextDouble();
            element = _kind == ObservationKind.Dense ? 1 - (float)uniform : uniform < Pieces ? 1 : 0;
        }
    }

    private void FillRollout(Random random)
    {
        const double Rewarded = 0.1;
        for (int row = 0; row < Rows; row++)
        {
            _rollout.Actions[row] = random.Next(_spec.Actions);
            _rollout.Rewards[row] = random.NextDouble() < Rewarded ? 1 : 0;
        }

        _network.Unroll(0, Steps, Simulators, _rollout.Ended);
        _network.Values(0, Rows).CopyTo(_rollout.Values);
    }

    private long ForwardMultiplyAdds(int rows) => _network.Passes(1, rows).Where(pass => pass.IsForward).Sum(pass => pass.MultiplyAdds);

    private TimedWork<NetworkMeasurement> Time(string work, int rows, long multiplyAdds, Action run) => new(run, timing => new NetworkMeasurement(
        _spec.Name,
        _kind.ToString().ToLowerInvariant(),
        work,
        rows,
        timing.Microseconds,
        timing.MinimumMicroseconds,
        timing.GigaPerSecond(2 * multiplyAdds),
        ShareOfPeak: 0));
}
