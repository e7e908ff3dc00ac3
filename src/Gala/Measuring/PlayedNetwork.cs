using Gala.Architectures;
using Gala.Environments;
using Gala.Networks;
using Gala.Runs;

namespace Gala.Measuring;

/// <summary>A network that learns for a while, for the workload that agents really have.</summary>
internal sealed class PlayedNetwork : IDisposable
{
    private const string Game = "minatar/breakout";

    private readonly AgentGroup _group;
    private readonly ActorLearner _learner;

    /// <summary>Trains it, and leaves it with the rows of one more rollout.</summary>
    public PlayedNetwork(string preset, int steps, int simulators, long frames)
    {
        RunOptions options = new()
        {
            Architecture = "a2c",
            Environment = Game,
            Network = preset,
            Rollout = steps,
            Simulators = simulators,
            LearningRateSchedule = "constant",
            Frames = Math.Max(frames, steps * simulators),
        };
        options = RunDefaults.Resolve(options, EnvironmentRegistry.Default.SpecOf);
        _group = AgentFactory.Create(options, _ => { });
        A2C agent = (A2C)_group.Agents[0];
        _learner = agent.Learner;
        for (long update = 0; update < _group.UpdatesFor(options.Frames); update++)
        {
            agent.TakeTurn(CancellationToken.None);
        }

        _learner.Collect();
    }

    private IActorCritic Network => _learner.Network;

    /// <summary>Gives parameters, and observations and states as often as rows need them.</summary>
    /// <param name="network">Of the same preset.</param>
    /// <param name="rows">Rows to fill.</param>
    /// <param name="period">Rows of the rollout.</param>
    public void CopyTo(IActorCritic network, int rows, int period)
    {
        Network.Parameters.Span.CopyTo(network.Parameters.Span);
        for (int row = 0; row < rows; row++)
        {
            Network.Observations(row % period, 1).CopyTo(network.Observations(row, 1));
            Network.States(row % period, 1).CopyTo(network.States(row, 1));
        }
    }

    public void Dispose() => _group.Dispose();
}
