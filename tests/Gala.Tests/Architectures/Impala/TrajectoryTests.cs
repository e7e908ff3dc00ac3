using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Tests.Architectures;

public sealed class TrajectoryTests
{
    private const int Steps = 6, Simulators = 3;

    [Fact]
    public void LayInto_TwoTrajectories_LieSideBySideAndComputeToTheSameBits()
    {
        using ManagedActorCritic both = Network(ImpalaLearner.RowsFor(Steps, 2 * Simulators));
        Rollout batch = new(Steps, 2 * Simulators);
        float[] behaviour = new float[batch.Length];
        Rollout[] played = [.. Enumerable.Range(0, 2).Select(index => Play(index, both, batch, behaviour))];

        both.Unroll(0, Steps + 1, batch.Simulators, batch.Ended);

        Assert.Contains(true, batch.Truncated.ToArray());
        for (int row = 0; row < batch.Length; row++)
        {
            int simulator = row % batch.Simulators;
            Rollout own = played[simulator / Simulators];
            int ownRow = (row / batch.Simulators * Simulators) + (simulator % Simulators);
            Assert.Equal(own.Values[ownRow], both.Values(row, 1)[0]);
            Assert.Equal(own.Actions[ownRow], batch.Actions[row]);
            Assert.Equal(own.Rewards[ownRow], batch.Rewards[row]);
            Assert.Equal(own.Terminated[ownRow], batch.Terminated[row]);
            Assert.Equal(own.Truncated[ownRow], batch.Truncated[row]);
            Assert.Equal(own.TruncationValues[ownRow], batch.TruncationValues[row]);
        }

        float[] present = new float[batch.Length];
        LogProbabilities.OfActions(both.Logits(0, batch.Length), batch.Actions, present);
        Assert.Equal(present, behaviour);
        Assert.Equal([.. played[0].BootstrapValues, .. played[1].BootstrapValues], both.Values(batch.Length, batch.Simulators).ToArray());
    }

    /// <summary>An actor's second rollout, so that it starts from states that are not zero.</summary>
    private static Rollout Play(int index, ManagedActorCritic learner, Rollout batch, float[] behaviour)
    {
        using ManagedActorCritic network = Network(Actor.RowsFor(Steps, Simulators));
        Rollout rollout = new(Steps, Simulators);
        int first = index * Simulators;
        Actor actor = new(network, SimulatorBatch.Create("classic/cartpole:limit=8", Simulators, seed: 3, first), rollout, seed: 3, first);
        actor.Collect();
        actor.Collect();
        Trajectory trajectory = new(Steps, Simulators, observation: 4, network.StateLength);
        trajectory.Record(network, rollout, version: 1);
        trajectory.LayInto(learner, batch, behaviour, first);
        return rollout;
    }

    private static ManagedActorCritic Network(int capacity)
    {
        NetworkSpec spec = NetworkPresets.Create("mlp-lstm", TensorShape.Vector(4), 2);
        ManagedActorCritic network = new(spec, capacity);
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 3);
        network.ParametersChanged();
        return network;
    }
}
