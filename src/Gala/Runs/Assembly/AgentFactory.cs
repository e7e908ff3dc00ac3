using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>From options to workers that are ready to run: one entry an architecture.</summary>
internal static class AgentFactory
{
    /// <summary>Makes the workers of a run.</summary>
    /// <param name="options">Complete: nothing left to defaults.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    /// <param name="cluster">The processes that the workers are part of; null for this one alone.</param>
    /// <param name="refused">Told of every message that an agent refuses, on its thread; null for nobody.</param>
    /// <param name="simulators">Makes the simulators, and disposes them if the group cannot be made; null for a source of its own.</param>
    /// <param name="decisions">What stands between agents that gossip and chance; null for nothing.</param>
    /// <exception cref="Gala.Environments.EnvironmentException">An environment cannot be made or breaks a promise.</exception>
    public static AgentGroup Create(
        RunOptions options,
        Action<GossipTimeOut> timedOut,
        ICluster? cluster = null,
        Action<GossipRefusal>? refused = null,
        SimulatorSource? simulators = null,
        IDecisions? decisions = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        cluster ??= new SingleProcess();
        if (simulators is not null)
        {
            return Assemble(options, timedOut, cluster, refused, simulators, decisions);
        }

        using SimulatorSource own = new();
        AgentGroup group = Assemble(options, timedOut, cluster, refused, own, decisions);
        own.HandOver();
        return group;
    }

    private static AgentGroup Assemble(
        RunOptions options,
        Action<GossipTimeOut> timedOut,
        ICluster cluster,
        Action<GossipRefusal>? refused,
        SimulatorSource simulators,
        IDecisions? decisions) =>
        options.Architecture switch
        {
            "a2c" => A2CAssembly.Create(options, simulators, cluster),
            "a3c" => A3CAssembly.Create(options, simulators),
            "hts" => HtsAssembly.Create(options, simulators),
            "impala" => ImpalaAssembly.Create(options, simulators, cluster),
            _ => GalaAssembly.Create(options, simulators, timedOut, refused, cluster, decisions),
        };
}
